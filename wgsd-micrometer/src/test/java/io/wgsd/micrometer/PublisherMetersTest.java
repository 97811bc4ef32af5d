package io.wgsd.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.model.PublicKey;
import io.wgsd.publish.Publisher;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PublisherMetersTest {

    private static final int NOBODY_LISTENS = 9;

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theyShowAPublisherThatHasPublishedNothing() {
        TsigKey key = TsigKey.of("registry", "hmac-sha256", new byte[32]);
        try (Publisher publisher = Publisher.builder(
                                DnsSdNames.parse("wg.example.com"),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), NOBODY_LISTENS),
                                key,
                                PublicKey.of(new byte[PublicKey.LENGTH]))
                        .start();
                PublisherMeters bound = new PublisherMeters(publisher, Tags.of("zone", "wg.example.com"))) {
            bound.bindTo(meters);

            assertThat(gauge("wgsd.publisher.up.to.date")).isZero();
            assertThat(gauge("wgsd.publisher.peers.passed.over")).isZero();
            assertThat(gauge("wgsd.publisher.restart.needed")).isZero();
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    private double gauge(String name) {
        return meters.get(name).tag("zone", "wg.example.com").gauge().value();
    }
}
