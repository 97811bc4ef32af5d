package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void aFullBucketGivesItsBurstAndThenWhatComes() {
        TokenBucket bucket = new TokenBucket(new Rate(10, 3));
        assertThat(taken(bucket, 0)).isEqualTo(3);
        assertThat(taken(bucket, SECOND / 10 - 1)).isZero();
        assertThat(taken(bucket, SECOND / 10)).isEqualTo(1);
        assertThat(taken(bucket, 100 * SECOND)).isEqualTo(3);
    }

    @Test
    void tokensTakenInAdvanceArePaidBackFirst() {
        TokenBucket bucket = new TokenBucket(new Rate(100, 10));
        assertThat(bucket.take(0)).isTrue();
        bucket.charge(0, 109);
        assertThat(bucket.take(SECOND - 1)).isFalse();
        assertThat(bucket.take(SECOND + SECOND / 100)).isTrue();
    }

    @Test
    void overATimeNoMoreThanRateAndBurst() {
        Random random = new Random(1);
        TokenBucket bucket = new TokenBucket(new Rate(1000, 50));
        long now = 0;
        int taken = 0;
        while (now < 10 * SECOND) {
            taken += bucket.take(now) ? 1 : 0;
            now += random.nextInt(400_000);
        }
        assertThat(taken).isBetween(10_000, 10_051);
    }

    @Test
    void gigabytesASecondAreCounted() {
        TokenBucket bucket = new TokenBucket(new Rate(10_000_000_000L, 1 << 20));
        long now = 0;
        long bytes = 0;
        for (int i = 0; i < 100_000; i++) {
            now += 100;
            bytes += bucket.take(now, 1400) ? 1400 : 0;
        }
        assertThat(bytes).isBetween(90_000_000L, 110_000_000L);
    }

    @Test
    void nothingOverflowsWithinThirtyYears() {
        TokenBucket bucket = new TokenBucket(new Rate(2, 2));
        long years = 30 * 365 * 24 * 3600 * SECOND;
        assertThat(taken(bucket, years)).isEqualTo(2);
        assertThat(taken(bucket, years + SECOND)).isEqualTo(2);
    }

    @Test
    void aRateIsPositive() {
        assertThatThrownBy(() -> new Rate(0, 1)).hasMessageContaining("were 0 and 1");
        assertThatThrownBy(() -> new Rate(1, 0)).hasMessageContaining("were 1 and 0");
    }

    private static int taken(TokenBucket bucket, long now) {
        int taken = 0;
        while (bucket.take(now)) {
            taken++;
        }
        return taken;
    }
}
