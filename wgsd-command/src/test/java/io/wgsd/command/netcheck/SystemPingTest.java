package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemPingTest {

    @Test
    void theTimeIsReadFromWhatPingPrints() {
        assertThat(SystemPing.time("64 bytes from 192.0.2.1: icmp_seq=1 ttl=62 time=0.123 ms\n"))
                .contains(Duration.ofNanos(123_000));
    }

    @Test
    void anErrorIsNoAnswer() {
        assertThat(SystemPing.time("ping: local error: message too long, mtu=1420\n"))
                .isEmpty();
    }
}
