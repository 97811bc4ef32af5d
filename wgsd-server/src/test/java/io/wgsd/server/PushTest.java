package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Subscribers are notified of changes, over real TCP (RFC 8490, RFC 8765): the room {@code push}, tested through {@link
 * Registry}.
 */
@Timeout(60)
class PushTest {

    private static final Name ALICES_SERVICE = NAMES.instance(ALICE);
    private static final int PEERS = 500;

    private final World world = new World();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Client client : clients) {
            client.socket.close();
        }
        world.close();
    }

    @Test
    void aSubscriberGetsTheExistingRecordsAndThenTheChanges() throws Exception {
        world.setPeer(ALICE, HOME);
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));

        assertThat(client.read()).isEqualTo(new DsoMessage(1, true, Rcode.NOERROR, List.of()));
        assertThat(data(client.update().added())).contains("A 203.0.113.1").anyMatch(text -> text.startsWith("SRV "));

        world.setPeer(ALICE, AWAY);
        PushUpdate update = client.update();
        assertThat(data(update.removed())).contains("A 203.0.113.1");
        assertThat(data(update.added())).contains("A 198.51.100.7").anyMatch(text -> text.startsWith("SRV "));
    }

    @Test
    void aPeerThatAppearsLaterIsReportedThen() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));
        client.read();

        world.setPeer(BOB, HOME);
        world.setPeer(ALICE, AWAY);
        assertThat(client.update().added())
                .isNotEmpty()
                .allMatch(record -> record.getName().equals(ALICES_SERVICE));

        world.source.apply("wg0", DeviceChange.builder().peer(ALICE).remove().build());
        PushUpdate gone = client.update();
        assertThat(gone.removed()).isNotEmpty();
        assertThat(gone.added()).isEmpty();
    }

    @Test
    void onlyTheRequestedTypeIsSent() throws Exception {
        world.setPeer(ALICE, HOME);
        Client client = client();
        client.send(DsoMessage.request(1, new Subscription(ALICES_SERVICE, Type.A, DClass.IN).encode()));
        client.read();

        assertThat(data(client.update().added())).containsExactly("A 203.0.113.1");
    }

    @Test
    void aClientThatUnsubscribesIsNoLongerNotified() throws Exception {
        world.setPeer(ALICE, HOME);
        world.setPeer(BOB, HOME);
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));
        client.read();
        client.update();
        client.send(DsoMessage.unidirectional(DsoTlv.of(DsoTlv.UNSUBSCRIBE, new byte[] {0, 1})));
        client.send(DsoMessage.request(2, Subscription.all(NAMES.instance(BOB)).encode()));
        client.read();
        client.update();

        world.setPeer(ALICE, AWAY);
        world.setPeer(BOB, AWAY);
        assertThat(client.update().added()).allMatch(record -> record.getName().equals(NAMES.instance(BOB)));
    }

    @Test
    void questionsAreAnsweredOverTheSameStream() throws Exception {
        world.setPeer(ALICE, HOME);
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));
        client.read();
        client.update();
        client.send(Message.newQuery(Record.newRecord(ALICES_SERVICE, Type.A, DClass.IN))
                .toWire());

        assertThat(new Message(client.readBytes()).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void aKeepaliveIsAnsweredWithTheTimeouts() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(9, new SessionTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(1)).encode()));

        DsoMessage answer = client.read();
        assertThat(answer.id()).isEqualTo(9);
        assertThat(SessionTimeouts.parse(answer.primary().orElseThrow()).keepalive())
                .isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void anUnknownRequestIsAnsweredWithNotImplemented() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(9, DsoTlv.of(0x43, new byte[0])));

        assertThat(client.read().rcode()).isEqualTo(DsoMessage.DSOTYPENI);
    }

    @Test
    void anotherZoneIsNotOurs() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(
                9, Subscription.all(Name.fromConstantString("example.net.")).encode()));

        assertThat(client.read().rcode()).isEqualTo(Rcode.NOTAUTH);
    }

    @Test
    void nonsenseEndsTheConnection() throws Exception {
        Client client = client();
        client.send(new byte[] {0, 1, 0x30, 0, 0, 1, 0, 0, 0, 0, 0, 0});

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void anIdThatIsTakenEndsTheConnection() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));
        client.read();
        client.send(DsoMessage.request(1, Subscription.all(NAMES.instance(BOB)).encode()));

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aClientThatDoesNotReadItsNewsIsCutOff() throws Exception {
        movePeers(HOME);
        Client client = client();
        int id = 0;
        for (int peer = 1; peer <= PEERS; peer++) {
            for (int type : new int[] {Type.ANY, Type.A, Type.SRV, Type.TXT}) {
                for (int dclass : new int[] {DClass.IN, DClass.ANY}) {
                    client.send(DsoMessage.request(
                            ++id, new Subscription(NAMES.instance(key(peer)), type, dclass).encode()));
                    client.read();
                    client.update();
                }
            }
        }

        AtomicBoolean away = new AtomicBoolean();
        World.await(() -> {
            away.set(!away.get());
            movePeers(away.get() ? AWAY : HOME);
            return client.isCut();
        });
    }

    @Test
    void aClientThatSubscribesToTheSameTwiceIsCutOffInAnyLetterCase() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));
        client.read();
        Name shouted = Name.fromString(ALICES_SERVICE.toString().toUpperCase(Locale.ROOT));
        client.send(DsoMessage.request(2, Subscription.all(shouted).encode()));

        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void aClientThatHasUnsubscribedMaySubscribeToTheSameAgain() throws Exception {
        Client client = client();
        client.send(DsoMessage.request(1, Subscription.all(ALICES_SERVICE).encode()));
        client.read();
        client.send(DsoMessage.unidirectional(DsoTlv.of(DsoTlv.UNSUBSCRIBE, new byte[] {0, 1})));
        client.send(DsoMessage.request(2, Subscription.all(ALICES_SERVICE).encode()));

        assertThat(client.read()).isEqualTo(new DsoMessage(2, true, Rcode.NOERROR, List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b.c.d.e.example.com.",
                "no-key._wireguard._udp.example.com.",
                "alice._tcp.example.com.",
                "this-name-is-longer-than-any-name-that-a-peer-could-have.example.com."
            })
    void aNameThatCanNeverHaveNewsIsRefused(String name) throws Exception {
        Client client = client();
        client.send(DsoMessage.request(
                1, Subscription.all(Name.fromConstantString(name)).encode()));

        assertThat(client.read().rcode()).isEqualTo(Rcode.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com.",
                "alice.example.com.",
                "_wireguard._udp.example.com.",
                "_wireguard._udp.alice.example.com.",
                "_wireguard-relay._udp.example.com.",
                "_ab._sub._wireguard._udp.example.com.",
                "_services._dns-sd._udp.example.com."
            })
    void aNameThatMayHaveNewsIsTaken(String name) throws Exception {
        Client client = client();
        client.send(DsoMessage.request(
                1, Subscription.all(Name.fromConstantString(name)).encode()));

        assertThat(client.read().rcode()).isEqualTo(Rcode.NOERROR);
    }

    private void movePeers(Endpoint where) throws WireGuardException {
        DeviceChange.Builder change = DeviceChange.builder();
        for (int peer = 1; peer <= PEERS; peer++) {
            change.peer(key(peer)).endpoint(where);
        }
        world.source.apply("wg0", change.build());
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number).array());
    }

    private Client client() throws Exception {
        Registry registry = world.start(world.builder().pollInterval(Duration.ofMillis(5)));
        world.awaitEvent("first zone");
        Client client = new Client(registry.localAddresses().get(0));
        clients.add(client);
        return client;
    }

    private static List<String> data(List<Record> records) {
        return records.stream()
                .map(record -> Type.string(record.getType()) + " " + record.rdataToString())
                .toList();
    }

    private static final class Client {

        private final Socket socket = new Socket();
        private final DataInputStream in;
        private final DataOutputStream out;

        Client(InetSocketAddress server) throws IOException {
            socket.setReceiveBufferSize(4096);
            socket.connect(server);
            socket.setSoTimeout(20_000);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        }

        void send(DsoMessage message) throws IOException {
            send(message.encode());
        }

        void send(byte[] message) throws IOException {
            byte[] framed = new byte[2 + message.length];
            framed[0] = (byte) (message.length >> 8);
            framed[1] = (byte) message.length;
            System.arraycopy(message, 0, framed, 2, message.length);
            out.write(framed);
            out.flush();
        }

        byte[] readBytes() throws IOException {
            return in.readNBytes(in.readUnsignedShort());
        }

        DsoMessage read() throws IOException {
            return DsoMessage.parse(readBytes());
        }

        PushUpdate update() throws IOException {
            DsoMessage message = read();
            assertThat(message.id()).isZero();
            DsoTlv tlv = message.primary().orElseThrow();
            assertThat(tlv.type()).isEqualTo(DsoTlv.PUSH);
            return PushUpdate.parse(tlv);
        }

        boolean isClosed() throws IOException {
            try {
                return in.read() < 0;
            } catch (EOFException | SocketException e) {
                return true;
            }
        }

        /** Returns whether the other side has gone, without reading anything. */
        boolean isCut() {
            try {
                send(DsoMessage.request(65_000, DsoTlv.of(0x43, new byte[0])));
                return false;
            } catch (IOException e) {
                return true;
            }
        }
    }
}
