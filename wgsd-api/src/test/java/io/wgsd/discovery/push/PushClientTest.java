package io.wgsd.discovery.push;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.PushUpdate;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.internal.Waiting;
import io.wgsd.model.Endpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/** A push client and a registry that the test plays, over real TCP on loopback. */
@Timeout(60)
class PushClientTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final BlockingQueue<Optional<Advertisement>> news = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private ServerSocket server;
    private PushClient line;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 8, LOOPBACK);
        server.setSoTimeout(20_000);
        line = new PushClient(
                new InetSocketAddress(LOOPBACK, server.getLocalPort()), NAMES, (key, told) -> news.add(told), task -> {
                    Thread thread = new Thread(task);
                    threads.add(thread);
                    return thread;
                });
    }

    @AfterEach
    void close() throws IOException {
        line.close();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void theRegistrysChangesArrive() throws Exception {
        line.follow(Set.of(ALICE), LOOPBACK);
        Registry registry = accept();
        registry.agree();
        Waiting.until(() -> line.isFollowed(ALICE));
        registry.tell("192.0.2.1", 1000);

        assertThat(news.poll(20, TimeUnit.SECONDS).orElseThrow().endpoints())
                .containsExactly(Endpoint.parse("192.0.2.1:1000"));
    }

    @Test
    void aPeerThatIsFollowedLaterIsSubscribedToOverTheSameConnection() throws Exception {
        line.follow(Set.of(ALICE), LOOPBACK);
        Registry registry = accept();
        registry.agree();
        line.follow(Set.of(BOB), LOOPBACK);

        assertThat(registry.read().primary().orElseThrow().type()).isEqualTo(DsoTlv.UNSUBSCRIBE);
        registry.agree();
        Waiting.until(() -> line.isFollowed(BOB) && !line.isFollowed(ALICE));
    }

    @Test
    void aConnectionThatEndsIsReestablished() throws Exception {
        line.follow(Set.of(ALICE), LOOPBACK);
        Registry first = accept();
        first.agree();
        Waiting.until(() -> line.isFollowed(ALICE));
        first.socket.close();
        Waiting.until(() -> !line.isFollowed(ALICE));
        line.hurry();

        accept().agree();
        Waiting.until(() -> line.isFollowed(ALICE));
    }

    @Test
    void aRegistryThatDoesNotPushIsLeft() throws Exception {
        line.follow(Set.of(ALICE), LOOPBACK);
        Registry registry = accept();
        registry.send(registry.read().respond(Rcode.NOTIMP));

        assertThat(registry.in.read()).as("the end of the stream").isNegative();
        assertThat(line.isFollowed(ALICE)).isFalse();
    }

    @Test
    void nonsenseEndsTheConnection() throws Exception {
        line.follow(Set.of(ALICE), LOOPBACK);
        Registry registry = accept();
        registry.read();
        registry.send(new byte[] {0, 0, 0x30, 0, 1, 1, 1, 1, 1, 1, 1, 1});

        assertThat(registry.in.read()).as("the end of the stream").isNegative();
    }

    @Test
    void closingEndsTheThread() throws Exception {
        line.follow(Set.of(ALICE), LOOPBACK);
        Registry registry = accept();
        registry.read();
        line.close();

        assertThat(threads).singleElement().matches(thread -> !thread.isAlive());
        assertThat(registry.in.read()).as("the end of the stream").isNegative();
    }

    @Test
    void whereNobodyIsFollowedThereIsNoThread() {
        line.follow(Set.of(), LOOPBACK);

        assertThat(threads).isEmpty();
    }

    private Registry accept() throws IOException {
        Socket socket = server.accept();
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return new Registry(socket);
    }

    /** The other end of a connection. */
    private static final class Registry {

        private final Socket socket;
        private final DataInputStream in;

        Registry(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
        }

        DsoMessage read() throws IOException {
            return DsoMessage.parse(in.readNBytes(in.readUnsignedShort()));
        }

        void agree() throws IOException {
            DsoMessage request = read();
            assertThat(request.primary().map(Subscription::parse)).isPresent();
            send(request.respond(Rcode.NOERROR));
        }

        void tell(String address, int port) throws IOException {
            Name name = NAMES.instance(ALICE);
            List<Record> records = List.of(
                    new SRVRecord(name, DClass.IN, 0, 0, 0, port, NAMES.host(ALICE)),
                    new ARecord(name, DClass.IN, 0, InetAddress.getByName(address)));
            PushUpdate update = new PushUpdate(List.of(), List.of(), records);
            send(DsoMessage.unidirectional(update.encode().get(0)));
        }

        void send(DsoMessage message) throws IOException {
            send(message.encode());
        }

        void send(byte[] message) throws IOException {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + message.length)
                            .putShort((short) message.length)
                            .put(message)
                            .array());
        }
    }
}
