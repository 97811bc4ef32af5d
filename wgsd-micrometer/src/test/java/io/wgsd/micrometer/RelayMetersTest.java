package io.wgsd.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.Relay;
import io.wgsd.relay.RelayMembers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayMetersTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theyShowARelayThatRuns() throws IOException {
        try (SecretKey key = SecretKey.generatePrivate();
                Relay relay = Relay.builder(key, RelayMembers.of(List.of()))
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .start();
                RelayMeters bound = new RelayMeters(relay, Tags.of("relay", "one"))) {
            bound.bindTo(meters);

            assertThat(gauge("wgsd.relay.running")).isEqualTo(1);
            assertThat(gauge("wgsd.relay.members")).isZero();
            assertThat(gauge("wgsd.relay.routes")).isZero();
            assertThat(gauge("wgsd.relay.restart.needed")).isZero();
            assertThat(meters.get("wgsd.relay.packets.dropped").functionCounters())
                    .isNotEmpty()
                    .allMatch(counter -> counter.count() == 0);
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    private double gauge(String name) {
        return meters.get(name).tag("relay", "one").gauge().value();
    }
}
