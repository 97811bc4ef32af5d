package io.wgsd.backend.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.HostNetwork;
import io.wgsd.spi.NetworkChanges;
import io.wgsd.spi.OuterRoute;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.Lab;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The routes of the kernel that runs this: what is the same on every one. */
class LinuxHostNetworkTest {

    private static final Endpoint LOOPBACK = Endpoint.parse("127.0.0.1:9");

    private final HostNetwork network = new LinuxHostNetwork();

    @BeforeEach
    void linux() {
        Lab.require(System.getProperty("os.name").equals("Linux"), "only Linux has netlink");
    }

    @Test
    void itIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(HostNetwork.class)).hasOnlyElementsOfType(LinuxHostNetwork.class);
    }

    @Test
    void packetsThatLeaveByAnotherInterfaceAreOutside() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            assertThat(route("wg0", socket.getLocalPort(), LOOPBACK)).isEqualTo(OuterRoute.OUTSIDE);
        }
    }

    @Test
    void packetsThatLeaveByTheDeviceGoIntoItself() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            assertThat(route("lo", socket.getLocalPort(), LOOPBACK)).isEqualTo(OuterRoute.INTO_ITSELF);
        }
    }

    @Test
    void whereNobodyHasTheDevicesPortNothingIsKnown() throws Exception {
        int free;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(route("wg0", free, LOOPBACK)).isEqualTo(OuterRoute.UNKNOWN);
        assertThat(route("wg0", 0, LOOPBACK)).isEqualTo(OuterRoute.UNKNOWN);
    }

    @Test
    void aHostWithoutIpv6HasNoListOfItsSockets(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("udp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                  2: 00000000:CA6C 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 99 2 0 0
                """);
        UdpSockets sockets = new UdpSockets(folder);
        assertThat(sockets.anyAt(51820)).isTrue();
        assertThat(sockets.anyAt(51821)).isFalse();
    }

    @Test
    void theInterfacesThatAreUpHaveNamesThatJavaKnows() throws Exception {
        Set<String> up = NetworkInterface.networkInterfaces()
                .filter(LinuxHostNetworkTest::isUpAndNoLoopback)
                .map(NetworkInterface::getName)
                .collect(Collectors.toSet());
        assertThat(up)
                .containsAll(
                        network.links().stream().map(HostNetwork.Link::name).toList());
    }

    private static boolean isUpAndNoLoopback(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback();
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void waitingForAChangeThatDoesNotComeTimesOut() throws Exception {
        try (NetworkChanges changes = network.changes()) {
            // Others may change this host's network meanwhile, but not all the time.
            while (changes.await(Duration.ofMillis(1))) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    @Timeout(20)
    void closingEndsAWait() throws Exception {
        NetworkChanges changes = network.changes();
        FutureTask<Void> waiting = new FutureTask<>(() -> {
            while (changes.await(Duration.ofDays(7))) {
                Thread.onSpinWait();
            }
            return null;
        });
        Thread thread = new Thread(waiting, "waits-for-changes");
        thread.start();
        Await.until("the thread to poll", () -> isPolling(thread));
        changes.close();
        waiting.get();
        changes.close();
        assertThat(changes.await(Duration.ZERO)).isFalse();
    }

    /** The system call itself may not have begun yet, which makes no difference: the event that ends it stays. */
    private static boolean isPolling(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getMethodName().equals("poll");
    }

    private OuterRoute route(String device, int port, Endpoint to) throws Exception {
        Device read =
                Device.builder(device, DeviceKind.USERSPACE).listenPort(port).build();
        Map<Endpoint, OuterRoute> routes = network.outerRoutes(read, List.of(to));
        assertThat(routes).containsOnlyKeys(to);
        return routes.values().iterator().next();
    }
}
