package io.wgsd.discovery.route;

import static io.wgsd.discovery.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.discovery.Routes;
import io.wgsd.model.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The running system's routes: what is the same on every one. */
class SystemRoutesTest {

    private final Routes routes = Routes.system();

    @Test
    void loopbackIsReachedFromLoopback() {
        assertThat(routes.source(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)))
                .contains(ip("127.0.0.1"));
    }

    @Test
    void anAddressThatTheSystemWillNotSendToHasNoRoute() throws Exception {
        // Without SO_BROADCAST no socket may connect there.
        assertThat(routes.source(new InetSocketAddress("255.255.255.255", 9))).isEmpty();
    }

    @Test
    void ofManyDestinationsThoseWithARouteHaveTheSourceThatEachHasAlone() throws Exception {
        InetSocketAddress none = new InetSocketAddress("255.255.255.255", 9);
        List<InetSocketAddress> destinations = new ArrayList<>();
        for (InetAddress address : own()) {
            destinations.add(new InetSocketAddress(address, 9));
            destinations.add(none);
        }

        Map<InetSocketAddress, IpAddress> sources = routes.sources(destinations);

        assertThat(sources).isNotEmpty().doesNotContainKey(none);
        for (InetSocketAddress destination : destinations) {
            assertThat(Optional.ofNullable(sources.get(destination))).isEqualTo(routes.source(destination));
        }
    }

    /** Those of several interfaces and both families, as far as this host has them. */
    private static List<InetAddress> own() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .toList();
    }

    @Test
    void theHostsAddressesHoldLoopback() {
        assertThat(routes.addresses()).contains(ip("127.0.0.1"));
    }

    @Test
    void anInterfacesAddressesAreItsOwn() throws Exception {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        assumeTrue(loopback != null, "this host has no loopback interface");
        assertThat(routes.addresses(loopback.getName())).contains(ip("127.0.0.1"));
    }

    @Test
    void anInterfaceThatIsNotThereHasNoAddresses() {
        assertThat(routes.addresses("no-such-device")).isEmpty();
    }
}
