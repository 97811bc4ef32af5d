package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListenCheckTest {

    private final List<InetAddress> wg0 = List.of(address("10.0.0.254"), address("fd00::254"));

    @Test
    void aListenThatLeavesTheTunnelsAddressesOutIsWarnedAbout() {
        assertThat(ListenCheck.warning("wg0", wg0, at("192.0.2.1", "127.0.0.1")))
                .hasValue("--listen takes the place of wg0's own addresses, so peers cannot ask inside the tunnel;"
                        + " add --listen 10.0.0.254:53 to allow that");
    }

    @Test
    void oneOfTheTunnelsAddressesIsEnough() {
        assertThat(ListenCheck.warning("wg0", wg0, at("192.0.2.1", "fd00::254")))
                .isEmpty();
    }

    @Test
    void theWildcardAddressIncludesTheTunnels() {
        assertThat(ListenCheck.warning("wg0", wg0, at("0.0.0.0"))).isEmpty();
    }

    @Test
    void withoutListenTheDevicesOwnAddressesAreUsed() {
        assertThat(ListenCheck.warning("wg0", wg0, List.of())).isEmpty();
    }

    @Test
    void aDeviceWhoseAddressesAreUnknownIsNotWarnedAbout() {
        assertThat(ListenCheck.warning("wg0", List.of(), at("192.0.2.1"))).isEmpty();
    }

    private static List<InetSocketAddress> at(String... addresses) {
        return Stream.of(addresses)
                .map(text -> new InetSocketAddress(address(text), 53))
                .toList();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
