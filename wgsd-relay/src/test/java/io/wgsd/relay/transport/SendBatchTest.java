package io.wgsd.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.wgsd.relay.roster.Source;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that leave together, as their targets receive them. */
@EnabledOnOs(OS.LINUX)
class SendBatchTest {

    private static final int SIZE = 64;
    private static final int ROOM = 2048;
    private static final int LIMIT_MILLIS = 10_000;
    private static final int SOL_SOCKET = 1;
    /** Without checksums, nothing can be sent together. */
    private static final int SO_NO_CHECK = 11;

    private final Memory memory = new Memory((long) SIZE * ROOM);
    private final SendBatch batch = new SendBatch(SIZE);
    private NativeSocket socket;
    private DatagramSocket alice;
    private DatagramSocket bob;
    private int added;

    @BeforeEach
    void open() throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        socket = NativeSocket.open(new InetSocketAddress(loopback, 0));
        alice = new DatagramSocket(0, loopback);
        bob = new DatagramSocket(0, loopback);
        alice.setSoTimeout(LIMIT_MILLIS);
        bob.setSoTimeout(LIMIT_MILLIS);
    }

    @AfterEach
    void close() {
        socket.close();
        alice.close();
        bob.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachTargetGetsItsPacketsWholeAndInOrder(boolean together) throws IOException {
        if (!together) {
            forbidToSendTogether();
        }
        int[] lengths = {100, 100, 100, 60, 100, 100, 1400, 1400, 1, 1400, 32, 32, 48, 32};
        for (int round = 0; round < 3; round++) {
            int first = added;
            for (int length : lengths) {
                add(length, alice);
                add(length, bob);
                add(length, bob);
            }

            assertThat(batch.send(socket.descriptor())).isZero();

            for (int i = 0; i < lengths.length; i++) {
                assertReceived(alice, first + 3 * i, lengths[i]);
                assertReceived(bob, first + 3 * i + 1, lengths[i]);
                assertReceived(bob, first + 3 * i + 2, lengths[i]);
            }
            added = 0;
        }
    }

    @Test
    void asManyAndAsLongPacketsAsABatchHasArrive() throws IOException {
        for (int i = 0; i < SIZE; i++) {
            add(1452, alice);
        }

        assertThat(batch.send(socket.descriptor())).isZero();

        for (int i = 0; i < SIZE; i++) {
            assertReceived(alice, i, 1452);
        }
    }

    @Test
    void randomPacketsForRandomTargetsArrive() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            int[] lengths = random.ints(SIZE, 1, 4).map(i -> 400 * i).toArray();
            boolean[] toAlice = new boolean[SIZE];
            for (int i = 0; i < SIZE; i++) {
                toAlice[i] = random.nextBoolean();
                add(lengths[i], toAlice[i] ? alice : bob);
            }

            assertThat(batch.send(socket.descriptor())).isZero();

            for (int i = 0; i < SIZE; i++) {
                assertReceived(toAlice[i] ? alice : bob, i, lengths[i]);
            }
            added = 0;
        }
    }

    @Test
    void packetsThatCannotBeSentAreCountedEach() throws IOException {
        Source nowhere = Source.of(new InetSocketAddress("255.255.255.255", 9), 0);
        for (int i = 0; i < 5; i++) {
            batch.add(Pointer.nativeValue(memory), 100, nowhere);
        }
        add(100, alice);

        assertThat(batch.send(socket.descriptor())).isEqualTo(5);
        assertReceived(alice, 0, 100);
    }

    private void forbidToSendTogether() {
        byte[] on = {1, 0, 0, 0};
        assertThat(SocketCalls.setsockopt(socket.descriptor(), SOL_SOCKET, SO_NO_CHECK, on, on.length))
                .isZero();
    }

    /** Adds a packet whose bytes all are its number. */
    private void add(int length, DatagramSocket to) {
        int number = added++;
        long at = (long) number * ROOM;
        memory.setMemory(at, ROOM, (byte) number);
        Source target = Source.of(new InetSocketAddress(to.getLocalAddress(), to.getLocalPort()), 0);
        batch.add(Pointer.nativeValue(memory) + at, length, target);
    }

    private static void assertReceived(DatagramSocket by, int number, int length) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[ROOM], ROOM);
        by.receive(packet);
        assertThat(packet.getLength()).isEqualTo(length);
        for (int i = 0; i < length; i++) {
            assertThat(packet.getData()[i]).isEqualTo((byte) number);
        }
    }
}
