package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.internal.tls.SelfSigned;
import io.wgsd.internal.tls.TlsIdentity;
import io.wgsd.model.Endpoint;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.wire.Messages;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A carrier with real sockets, and clients that are not this project's TLS but the JDK's. */
class TlsCarrierTest {

    private static TlsIdentity identity;

    private final TestPeer relayKeys = new TestPeer(0);
    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);

    @BeforeAll
    static void makeCertificate() throws IOException {
        SelfSigned made = SelfSigned.make("relay.example.com", Instant.now());
        identity = TlsIdentity.parse(
                made.certificate().getBytes(StandardCharsets.US_ASCII),
                made.key().getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aMemberWithoutUdpTalksToOneWithIt(String version) throws Exception {
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay);
                TlsPeer one = new TlsPeer(identity, at(carrier), version, "wgsd-relay");
                UdpPeer other = new UdpPeer(bob, relay)) {
            one.send(alice.initiation(relay.publicKey()));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            one.await(alice::accepts);
            other.attach();

            one.send(alice.initiation(bob.key()));
            other.send(bob.respond(other.await(Messages.INITIATION)));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            other.await(bob::accepts);
            other.send(bob.data(1300));
            one.await(alice::accepts);
            assertThat(relay.stats().forwardedPackets()).isEqualTo(2);
            assertThat(carrier.stats().open()).isEqualTo(1);
            assertThat(carrier.stats().received()).isEqualTo(4);
        }
    }

    @Test
    void theRelayHearsTheMemberAtAnAddressThatNobodyTakesForItsOwn() throws Exception {
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay);
                TlsPeer one = new TlsPeer(identity, at(carrier), "TLSv1.3", "wgsd-relay")) {
            one.send(alice.initiation(relay.publicKey()));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            one.await(alice::accepts);
            Endpoint heard = relay.attached().get(alice.key());
            assertThat(heard).isNotNull();
            assertThat(heard.address().isLoopback()).isTrue();
        }
    }

    @Test
    void packetsForTheRegistryGoToItsDevice() throws Exception {
        try (Relay relay = relay();
                DatagramSocket device = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                TlsCarrier carrier = TlsCarrier.builder(identity::context)
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .relay(relay.localAddresses().get(0))
                        .registry(() -> new InetSocketAddress(device.getLocalPort()))
                        .start();
                TlsPeer one = new TlsPeer(identity, at(carrier), "TLSv1.3", "wgsd-registry")) {
            device.setSoTimeout(20_000);
            one.send(alice.initiation(bob.key()));
            DatagramPacket came = new DatagramPacket(new byte[2048], 2048);
            device.receive(came);
            assertThat(came.getLength()).isEqualTo(148);
            assertThat(came.getAddress().isLoopbackAddress()).isTrue();
            byte[] response = new byte[92];
            response[0] = 2;
            device.send(new DatagramPacket(response, response.length, came.getSocketAddress()));
            assertThat(one.await(Messages.RESPONSE)).isEqualTo(response);
        }
    }

    @Test
    void whoWantsWhatIsNotThereIsRefusedInTheHandshake() throws Exception {
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay)) {
            for (String protocol : List.of("wgsd-registry", "h2")) {
                assertThatThrownBy(() -> {
                            try (TlsPeer one = new TlsPeer(identity, at(carrier), "TLSv1.3", protocol)) {
                                one.await(Messages.RESPONSE);
                            }
                        })
                        .isInstanceOf(SSLException.class);
            }
        }
    }

    @Test
    void whatIsNoPacketEndsTheConnection() throws Exception {
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay);
                TlsPeer one = new TlsPeer(identity, at(carrier), "TLSv1.3", "wgsd-relay")) {
            one.send("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> one.await(Messages.RESPONSE)).isInstanceOf(IOException.class);
            await(() -> carrier.stats().open() == 0);
        }
    }

    @Test
    void whatIsNoTlsEndsTheConnection() throws Exception {
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay);
                Socket plain = new Socket()) {
            plain.connect(at(carrier));
            plain.setSoTimeout(20_000);
            plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // An alert may come, and then the end.
            plain.getInputStream().readAllBytes();
            await(() -> carrier.stats().open() == 0);
        }
    }

    @Test
    void aNetworkHas64ConnectionsAtMost() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay)) {
            for (int i = 0; i < 70; i++) {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.connect(at(carrier));
            }
            await(() -> carrier.stats().refused() == 6 && carrier.stats().open() == 64);
        } finally {
            for (Socket each : sockets) {
                each.close();
            }
        }
    }

    @Test
    void anotherCertificateIsShownFromWhenItIsThere() throws Exception {
        SelfSigned made = SelfSigned.make("other.example.com", Instant.now());
        TlsIdentity next = TlsIdentity.parse(
                made.certificate().getBytes(StandardCharsets.US_ASCII),
                made.key().getBytes(StandardCharsets.US_ASCII));
        List<TlsIdentity> shown = new ArrayList<>(List.of(identity));
        try (Relay relay = relay();
                TlsCarrier carrier = TlsCarrier.builder(() -> shown.get(0).context())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .relay(relay.localAddresses().get(0))
                        .start()) {
            new TlsPeer(identity, at(carrier), "TLSv1.3", "wgsd-relay").close();
            shown.set(0, next);
            new TlsPeer(next, at(carrier), "TLSv1.3", "wgsd-relay").close();
        }
    }

    @Test
    void aPortThatAnotherUsesIsNamed() throws Exception {
        try (Relay relay = relay();
                TlsCarrier carrier = carrier(relay)) {
            assertThatThrownBy(() -> TlsCarrier.builder(identity::context)
                            .listen(at(carrier))
                            .relay(relay.localAddresses().get(0))
                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + at(carrier).getPort());
        }
    }

    private Relay relay() throws IOException {
        return Relay.builder(relayKeys.secretKey(), RelayMembers.of(List.of(alice.key(), bob.key())))
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .start();
    }

    private static TlsCarrier carrier(Relay relay) throws IOException {
        return TlsCarrier.builder(identity::context)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .relay(relay.localAddresses().get(0))
                .start();
    }

    private static InetSocketAddress at(TlsCarrier carrier) {
        return carrier.localAddresses().get(0);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
