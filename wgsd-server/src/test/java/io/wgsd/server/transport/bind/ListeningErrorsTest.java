package io.wgsd.server.transport.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.server.transport.Fixture;
import io.wgsd.server.transport.Protocol;
import io.wgsd.server.transport.tcp.TcpLimits;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What cannot be listened at is said in one line, with what to do. */
class ListeningErrorsTest {

    private static final Link LOOPBACK = new Link("lo", 1, List.of(Fixture.LOOPBACK));

    @Test
    void aPortThatUdpHasTaken() throws IOException {
        try (DatagramSocket other = new DatagramSocket(0, Fixture.LOOPBACK)) {
            assertThatThrownBy(() -> open(List.of(), at(other.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + other.getLocalPort()
                            + " (UDP): the port is in use (ss -lnp shows by whom); end that, or choose another");
        }
    }

    @Test
    void aPortThatTcpHasTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, Fixture.LOOPBACK)) {
            assertThatThrownBy(() -> open(List.of(), at(other.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(
                            "cannot listen on 127.0.0.1:" + other.getLocalPort() + " (TCP): the port is");
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "others have 127.0.0.1 alone")
    void aPortThatIsTakenAtAnAddressThatNoInterfaceHasByItself() throws IOException {
        InetAddress eighty = InetAddress.getByName("127.0.0.80");
        try (DatagramSocket other = new DatagramSocket(0, eighty)) {
            assertThatThrownBy(() -> open(List.of(), new InetSocketAddress(eighty, other.getLocalPort())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("(UDP): the port is in use");
        }
    }

    @Test
    void aPortThatAnotherRegistryHasTaken() throws IOException {
        try (Listening other = open(List.of(), at(0))) {
            int port = other.localAddresses().get(0).getPort();

            assertThatThrownBy(() -> open(List.of(), at(port)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the port is in use");
        }
    }

    @Test
    void aLinksAddressThatCannotBeServedIsNotLeftBound() throws IOException {
        InetSocketAddress address;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            address = (InetSocketAddress) free.getLocalSocketAddress();
        }

        assertThatThrownBy(() -> AddressSockets.openOnLink(
                        address, OptionalInt.empty(), "wg0", Fixture.ONE_BY_ONE, (pair, arrival) -> {
                            throw new IllegalStateException("no room");
                        }))
                .hasMessage("no room");

        new DatagramSocket(address).close();
    }

    @Test
    void anAddressOfAnotherHost() throws IOException {
        InetAddress documentation = InetAddress.getByName("192.0.2.1");

        assertThatThrownBy(() -> open(List.of(), new InetSocketAddress(documentation, 5353)))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on 192.0.2.1:5353 (UDP): this host does not have the address; bring its"
                        + " interface up first, or choose another");
    }

    @Test
    void aPortThatNeedsPrivilege() {
        assertThat(BindErrors.explain(at(53), Protocol.UDP, new BindException("Permission denied")))
                .hasMessage(
                        "cannot listen on 127.0.0.1:53 (UDP): ports below 1024 need root or CAP_NET_BIND_SERVICE; or"
                                + " choose another port");
    }

    @Test
    void aDeviceThatIsNotThere() {
        assertThatThrownBy(() -> open(List.of(LOOPBACK)))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "cannot listen on the addresses of \"wg0\": this host has no such interface (it has lo); name"
                                + " another device, or say where to listen");
    }

    @Test
    void aDeviceWithoutAnAddress() {
        assertThatThrownBy(() -> open(List.of(LOOPBACK, new Link("wg0", 2, List.of()))))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot listen on the addresses of \"wg0\": it has none; give it one (ip address add"
                        + " 10.0.0.254/24 dev wg0), or say where to listen");
    }

    @Test
    void nothingIsLeftOpenBehindAnError() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, Fixture.LOOPBACK)) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> open(List.of(), at(port))).isInstanceOf(IOException.class);

            new DatagramSocket(port, Fixture.LOOPBACK).close();
        }
    }

    @Test
    void anAddressThatIsMissingLaterIsReportedOnce() throws IOException {
        List<Link> links = new ArrayList<>(List.of(LOOPBACK));
        List<String> problems = new ArrayList<>();
        ListenPlan everywhere = new ListenPlan("wg0", List.of(new InetSocketAddress("0.0.0.0", 0)));
        try (Listening listening = Listening.open(
                everywhere,
                () -> links,
                Fixture.UNCHECKED,
                Fixture.ONE_BY_ONE,
                TcpLimits.defaults(),
                Fixture::echo,
                Thread::new,
                problems::add)) {
            links.add(new Link("gone", 9, List.of(InetAddress.getByName("192.0.2.1"))));
            listening.refresh();
            listening.refresh();

            assertThat(problems)
                    .singleElement()
                    .asString()
                    .startsWith("cannot listen on 192.0.2.1:0 (UDP): this host does not have the address");
        }
    }

    @Test
    void aListenerMayWaitForAThreadThatAsksWhereItListens() throws Exception {
        List<Link> links = new ArrayList<>(List.of(LOOPBACK));
        AtomicReference<Listening> told = new AtomicReference<>();
        BlockingQueue<Integer> found = new LinkedBlockingQueue<>();
        ListenPlan everywhere = new ListenPlan("wg0", List.of(new InetSocketAddress("0.0.0.0", 0)));
        try (Listening listening = Listening.open(
                everywhere,
                () -> links,
                Fixture.UNCHECKED,
                Fixture.ONE_BY_ONE,
                TcpLimits.defaults(),
                Fixture::echo,
                Thread::new,
                problem -> {
                    Thread other = new Thread(
                            () -> found.add(told.get().localAddresses().size()));
                    other.setDaemon(true);
                    other.start();
                    joinBriefly(other);
                    found.add(-1);
                })) {
            told.set(listening);
            links.add(new Link("gone", 9, List.of(InetAddress.getByName("192.0.2.1"))));

            listening.refresh();

            assertThat(found.take()).isEqualTo(1);
        }
    }

    private static void joinBriefly(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Listening open(List<Link> links, InetSocketAddress... listen) throws IOException {
        return Listening.open(
                new ListenPlan("wg0", List.of(listen)),
                () -> links,
                Fixture.UNCHECKED,
                Fixture.ONE_BY_ONE,
                TcpLimits.defaults(),
                Fixture::echo,
                Thread::new,
                line -> {});
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(Fixture.LOOPBACK, port);
    }
}
