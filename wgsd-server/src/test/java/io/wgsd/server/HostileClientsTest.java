package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Whatever is sent to its sockets, the registry goes on answering, and keeps nothing of it. */
@Timeout(120)
class HostileClientsTest {

    private static final int DATAGRAMS = 20_000;
    private static final int BURST = 200;
    private static final int STREAMS = 3000;

    private final World world = new World();
    private final Random random = new Random(20_261_122);
    private Registry registry;

    @BeforeEach
    void start() throws Exception {
        world.setPeer(ALICE, HOME);
        registry = world.start();
        world.awaitEvent("first zone");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void itAnswersAfterMangledDatagrams() throws IOException {
        InetSocketAddress address = registry.localAddresses().get(0);
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 1; i <= DATAGRAMS; i++) {
                byte[] request = mangled();
                socket.send(new DatagramPacket(request, request.length, address));
                if (i % BURST == 0) {
                    // More at a time than fits into the socket's buffer would be lost, as datagrams are.
                    long sent = i;
                    World.await(() -> registry.stats().queries() == sent);
                }
            }
        }

        assertThat(World.data(registry, NAMES.instance(ALICE), Type.A)).isEqualTo("203.0.113.1");
        assertThat(world.threads).allMatch(Thread::isAlive);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "counts descriptors in /proc/self/fd")
    void itKeepsNoDescriptorOfMangledStreams() throws IOException {
        World.ask(registry, NAMES.services(), Type.PTR, true);
        long before = openDescriptors();
        for (int i = 0; i < STREAMS; i++) {
            mangledStream();
        }

        World.await(() -> openDescriptors() <= before);
        assertThat(World.ask(registry, NAMES.services(), Type.PTR, true).getRcode())
                .isZero();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "counts descriptors in /proc/self/fd")
    void registriesThatComeAndGoLeaveNoDescriptorBehind() throws IOException {
        world.builder().start().close();
        long before = openDescriptors();
        for (int i = 0; i < 20; i++) {
            world.builder().start().close();
        }

        assertThat(openDescriptors()).isLessThanOrEqualTo(before);
    }

    private void mangledStream() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoLinger(random.nextBoolean(), 0);
            socket.connect(registry.localAddresses().get(0));
            byte[] request = mangled();
            int length = random.nextBoolean() ? request.length : random.nextInt(0x10000);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + request.length)
                            .putShort((short) length)
                            .put(request)
                            .array());
        } catch (IOException e) {
            // The registry may well have hung up first.
        }
    }

    private byte[] mangled() {
        byte[] request = Message.newQuery(Record.newRecord(NAMES.instance(ALICE), Type.SRV, DClass.IN))
                .toWire();
        for (int i = random.nextInt(6); i > 0; i--) {
            request[random.nextInt(request.length)] = (byte) random.nextInt();
        }
        return request;
    }

    private static long openDescriptors() {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
