package io.wgsd.discovery.route;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.ip;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.Trigger.Probe.Size;
import io.wgsd.internal.Waiting;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The datagram that makes WireGuard begin a handshake, with loopback in place of the tunnel. */
class DatagramTriggerTest {

    private final Device device = device(peer(ALICE, "", "127.0.0.3/32"), peer(BOB, "", "0.0.0.0/0"));
    private DatagramSocket alice;

    @BeforeEach
    void listen() throws Exception {
        alice = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.3"), 0));
        alice.setSoTimeout(10_000);
    }

    @AfterEach
    void close() {
        alice.close();
    }

    @Test
    void oneEmptyDatagramComesFromTheDevicesAddress() throws Exception {
        new DatagramTrigger(loopback(ip("127.0.0.1")), alice.getLocalPort()).pull(device, List.of(ALICE));
        DatagramPacket packet = receive();
        assertThat(packet.getLength()).isZero();
        assertThat(packet.getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
        alice.setSoTimeout(50);
        org.assertj.core.api.Assertions.assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(this::receive);
    }

    @Test
    void nothingIsSentAroundTheTunnel() throws Exception {
        // The route's source is not the device's address, so the datagram would leave by another interface.
        new DatagramTrigger(loopback(ip("127.0.0.9")), alice.getLocalPort()).pull(device, List.of(ALICE));
        new DatagramTrigger(loopback(ip("127.0.0.1")), alice.getLocalPort()).pull(device, List.of(ALICE));
        assertThat(receive().getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void aPeerWithoutAnAddressOfItsOwnIsPassedOver() {
        assertThatNoException()
                .isThrownBy(() -> new DatagramTrigger(loopback(ip("127.0.0.1")), 9).pull(device, List.of(BOB)));
    }

    @Test
    void thatNothingCanBeSentIsNoError() {
        Device elsewhere = device(peer(ALICE, "", "255.255.255.255/32"));
        assertThatNoException()
                .isThrownBy(() -> new DatagramTrigger(loopback(ip("127.0.0.1")), 9).pull(elsewhere, List.of(ALICE)));
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void aDatagramIsAnsweredByTheHostWhereNothingListens(Size size) {
        int port = alice.getLocalPort();
        alice.close();
        try (Trigger.Probe probe = probe(port).orElseThrow()) {
            assertThat(probe.isAnswered(size)).isFalse();
            assertThat(probe.send(size)).isTrue();
            Waiting.until(() -> probe.isAnswered(size));
            Size other = size == Size.FULL ? Size.SMALL : Size.FULL;
            assertThat(probe.isAnswered(other)).isFalse();
        }
    }

    @Test
    void aFullDatagramMakesAPacketOfTheMtu() throws Exception {
        try (Trigger.Probe probe = probe(alice.getLocalPort()).orElseThrow()) {
            assertThat(probe.send(Size.FULL)).isTrue();
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            alice.receive(packet);
            assertThat(packet.getLength()).isEqualTo(1420 - 20 - 8);
            assertThat(probe.isAnswered(Size.FULL)).isFalse();
        }
    }

    @Test
    void thereIsNoProbeAroundTheTunnelNorWhereNoAddressIsKnown() {
        DatagramTrigger around = new DatagramTrigger(loopback(ip("127.0.0.9")), 9);
        assertThat(around.probe(device, ALICE)).isEmpty();
        DatagramTrigger inside = new DatagramTrigger(loopback(ip("127.0.0.1")), 9);
        assertThat(inside.probe(device, BOB)).isEmpty();
    }

    private Optional<Trigger.Probe> probe(int port) {
        return new DatagramTrigger(loopback(ip("127.0.0.1")), port).probe(device, ALICE);
    }

    private DatagramPacket receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        alice.receive(packet);
        return packet;
    }

    /** A host whose device has 127.0.0.1, and whose routes lead out from the given address. */
    private static Routes loopback(IpAddress source) {
        return new Routes() {
            @Override
            public Set<IpAddress> addresses() {
                return Set.of(ip("127.0.0.1"));
            }

            @Override
            public Set<IpAddress> addresses(String name) {
                return Set.of(ip("127.0.0.1"));
            }

            @Override
            public Optional<IpAddress> source(InetSocketAddress destination) {
                return Optional.of(source);
            }

            @Override
            public OptionalInt mtu(String name) {
                return OptionalInt.of(1420);
            }
        };
    }
}
