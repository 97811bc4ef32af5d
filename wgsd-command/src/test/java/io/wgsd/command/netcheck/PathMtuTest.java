package io.wgsd.command.netcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathMtuTest {

    private final InetAddress ipv4 = InetAddress.getByName("192.0.2.1");
    private final InetAddress ipv6 = InetAddress.getByName("2001:db8::1");
    private int sent;

    PathMtuTest() throws UnknownHostException {}

    @ParameterizedTest
    @CsvSource({"576", "1280", "1340", "1491", "1492", "1499"})
    void theLargestPacketIsFound(int mtu) throws InterruptedException {
        assertThat(PathMtu.of(ipv4, "wg0", 400, path(mtu)).values()).containsEntry("bytes", mtu);
        assertThat(sent).isLessThan(40);
    }

    @Test
    void whatPassesWholeIsSearchedNoFurther() throws InterruptedException {
        Fact fact = PathMtu.of(ipv4, "wg0", 1420, path(9000));

        assertThat(fact.words()).isEqualTo("at least 1500 bytes to 192.0.2.1; wg0's of 1420 fits");
        assertThat(sent).isEqualTo(2);
    }

    @Test
    void aDeviceWhosePacketsGetLostIsToldWhatToSet() throws InterruptedException {
        Fact fact = PathMtu.of(ipv4, "wg0", 1440, path(1492));

        assertThat(fact.isGood()).isFalse();
        assertThat(fact.words())
                .endsWith("wg0's of 1440 is too large for it, so that full packets get lost: set it to"
                        + " 1432, on both sides");
    }

    @Test
    void ipv6TakesTwentyBytesMore() throws InterruptedException {
        assertThat(PathMtu.of(ipv6, "wg0", 1420, path(1500)).isGood()).isTrue();
        assertThat(PathMtu.of(ipv6, "wg0", 1421, path(1500)).isGood()).isFalse();
    }

    @Test
    void aSinglePacketThatGetsLostIsNoLimit() throws InterruptedException {
        Ping lossy = (host, payload) ->
                sent++ % 2 == 0 ? Optional.empty() : path(1500).send(host, payload);

        assertThat(PathMtu.of(ipv4, "wg0", 1420, lossy).values()).containsEntry("bytes", 1500);
    }

    @Test
    void aHostThatAnswersNoPingSaysNothing() throws InterruptedException {
        Fact fact = PathMtu.of(ipv4, "wg0", 1420, path(0));

        assertThat(fact.isGood()).isTrue();
        assertThat(fact.words()).isEqualTo("not known: 192.0.2.1 does not answer pings");
    }

    private Ping path(int mtu) {
        return (host, payload) -> {
            sent++;
            return payload + Ping.headers(host) <= mtu ? Optional.of(Duration.ofMillis(20)) : Optional.empty();
        };
    }
}
