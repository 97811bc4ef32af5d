package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import org.junit.jupiter.api.Test;

class LookupResultTest {

    private final Advertisement advertisement = Advertisement.builder(ALICE)
            .endpoint(Endpoint.parse("192.0.2.7:51820"))
            .build();

    @Test
    void itsThreeKindsAreAllThatThereAre() {
        assertThat(LookupResult.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        LookupResult.Found.class, LookupResult.Absent.class, LookupResult.Failed.class);
    }

    @Test
    void onlyAPeerThatWasFoundHasAnAdvertisement() {
        DiscoveryException failure = new DiscoveryException(DiscoveryException.Kind.TIMED_OUT, null, "no answer", null);
        assertThat(new LookupResult.Found(advertisement).found()).contains(advertisement);
        assertThat(new LookupResult.Absent().found()).isEmpty();
        assertThat(new LookupResult.Failed(failure).found()).isEmpty();
    }
}
