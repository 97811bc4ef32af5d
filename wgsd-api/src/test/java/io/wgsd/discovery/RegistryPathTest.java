package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RegistryPathTest {

    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.254", 53);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("192.0.2.53", 53);

    private final FakeRoutes routes = new FakeRoutes();

    @Test
    void theRegistrysPeerHasTheLongestPrefixThatHoldsItsAddress() {
        Device device = device(peer(ALICE, "", "10.0.0.0/24"), peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(RegistryPath.of(INSIDE, device, routes).peer()).contains(REGISTRY);
    }

    @Test
    void aRegistryInsideTheTunnelIsAskedFromTheDevicesAddress() {
        Device device = device(peer(REGISTRY, "", "10.0.0.254/32"));
        assertThat(RegistryPath.of(INSIDE, device, routes).tunnelSource()).contains(FakeRoutes.INNER);
    }

    @Test
    void aRegistryThatNoPeerAnswersForIsNotReachedThroughTheDevice() {
        assertThat(RegistryPath.of(INSIDE, device(peer(ALICE, "", "10.0.0.3/32")), routes)
                        .tunnelSource())
                .isEmpty();
    }

    @Test
    void aRegistryThatIsRoutedAroundTheDeviceIsNotReachedThroughIt() {
        Device device = device(peer(REGISTRY, "", "0.0.0.0/0"));
        RegistryPath path = RegistryPath.of(OUTSIDE, device, routes);
        assertThat(path.tunnelSource()).isEmpty();
        assertThat(path.peer()).contains(REGISTRY);
    }
}
