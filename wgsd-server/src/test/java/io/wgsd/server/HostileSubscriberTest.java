package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.PublicKey;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** One client subscribes to all that it can think of, over many connections, at a registry with little memory. */
@Timeout(120)
class HostileSubscriberTest {

    private static final int CONNECTIONS = 13;
    private static final int SUBSCRIPTIONS = 16_384;
    private static final int BATCH = 256;
    private static final Name ALICES_HOST = SmallHeapRegistry.NAMES.host(ALICE);

    private final List<Socket> sockets = new ArrayList<>();
    private Process registry;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        registry = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SmallHeapRegistry.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(registry.inputReader().readLine()));
        World.await(() -> where(false).equals("203.0.113.1"));
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        registry.getOutputStream().close();
        if (!registry.waitFor(10, TimeUnit.SECONDS)) {
            registry.destroyForcibly();
        }
    }

    @Test
    void theRegistryRefusesTooManySubscriptionsAndContinues() throws IOException {
        int taken = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            taken += subscribe(i * SUBSCRIPTIONS);
        }

        assertThat(taken).isBetween(1_000, CONNECTIONS * SUBSCRIPTIONS / 4);
        registry.getOutputStream().write("198.51.100.7:7\n".getBytes());
        registry.getOutputStream().flush();
        World.await(() -> where(false).equals("198.51.100.7"));
        assertThat(where(true)).isEqualTo("198.51.100.7");
    }

    /** Returns how many of the subscriptions of one connection were taken. */
    private int subscribe(int first) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        sockets.add(socket);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int taken = 0;
        for (int done = 0; done < SUBSCRIPTIONS; done += BATCH) {
            ByteBuffer out = ByteBuffer.allocate(BATCH * 512);
            for (int i = 0; i < BATCH; i++) {
                Name name = SmallHeapRegistry.NAMES.instance(key(first + done + i));
                byte[] message = DsoMessage.request(
                                done + i + 1, Subscription.all(name).encode())
                        .encode();
                out.putShort((short) message.length).put(message);
            }
            socket.getOutputStream().write(out.array(), 0, out.position());
            for (int i = 0; i < BATCH; i++) {
                DsoMessage answer = DsoMessage.parse(in.readNBytes(in.readUnsignedShort()));
                taken += answer.rcode() == Rcode.NOERROR ? 1 : 0;
            }
        }
        return taken;
    }

    private static PublicKey key(int number) {
        return PublicKey.of(ByteBuffer.allocate(32).putInt(number + 1).array());
    }

    /** Returns where alice is said to be; empty where there is no answer. */
    private String where(boolean tcp) {
        try {
            SimpleResolver resolver = new SimpleResolver(address);
            resolver.setTCP(tcp);
            Message answer = resolver.send(Message.newQuery(Record.newRecord(ALICES_HOST, Type.A, DClass.IN)));
            List<Record> records = answer.getSection(Section.ANSWER);
            return records.isEmpty() ? "" : records.get(0).rdataToString();
        } catch (IOException e) {
            return "";
        }
    }
}
