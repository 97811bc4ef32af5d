package io.wgsd.relay.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.internal.Rate;
import org.junit.jupiter.api.Test;

class PrefixBucketsTest {

    @Test
    void eachNetworkHasABucketOfItsOwn() {
        PrefixBuckets buckets = new PrefixBuckets(new Rate(1, 1), 42);
        assertThat(buckets.take(1, 0)).isTrue();
        assertThat(buckets.take(1, 0)).isFalse();
        assertThat(buckets.take(2, 0)).isTrue();
    }
}
