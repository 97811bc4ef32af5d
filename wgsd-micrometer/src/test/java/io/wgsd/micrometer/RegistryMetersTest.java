package io.wgsd.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RegistryMetersTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theyShowARegistryThatRuns() throws IOException {
        MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
        wireGuard.create("wg0");
        ZoneOptions zone =
                ZoneOptions.builder(DnsSdNames.parse("wg.example.com")).build();
        try (PeerSource source = wireGuard.source();
                Registry registry = Registry.builder(source, "wg0", zone)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .start();
                RegistryMeters bound = new RegistryMeters(registry, Tags.of("zone", "wg.example.com"))) {
            bound.bindTo(meters);

            assertThat(gauge("wgsd.registry.sockets")).isEqualTo(1);
            assertThat(gauge("wgsd.registry.restart.needed")).isZero();
            assertThat(meters.get("wgsd.registry.responses")
                            .tags("zone", "wg.example.com", "outcome", "refused")
                            .functionCounter()
                            .count())
                    .isZero();
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    private double gauge(String name) {
        return meters.get(name).tag("zone", "wg.example.com").gauge().value();
    }
}
