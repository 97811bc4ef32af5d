package io.wgsd.backend.netlink.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.backend.netlink.codec.Families;
import io.wgsd.backend.netlink.codec.Messages;
import io.wgsd.internal.Errno;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.TimedOutException;
import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets to the kernel that runs this; generic netlink's own family is in every one. */
final class LinuxNetlinkSocketTest {

    private NetlinkSockets sockets;

    @BeforeEach
    void linux() {
        Lab.require(System.getProperty("os.name").equals("Linux"), "only Linux has netlink");
        sockets = new LinuxNetlinkSockets();
    }

    @Test
    void theKernelAnswers() throws Exception {
        try (NetlinkSocket socket = sockets.open(NetlinkSockets.GENERIC)) {
            Families.list(socket.request(), 4711);
            socket.send();
            Messages messages = new Messages(socket.receive(operation(Duration.ofSeconds(5))));

            assertThat(messages.next()).isTrue();
            assertThat(messages.sequence()).isEqualTo(4711);
            assertThat(messages.type()).as("nlctrl").isEqualTo(0x10);
        }
    }

    @Test
    void waitingWithoutAnAnswerEndsInTime() throws Exception {
        try (NetlinkSocket socket = sockets.open(NetlinkSockets.GENERIC)) {
            assertThatThrownBy(() -> socket.receive(operation(Duration.ofMillis(30))))
                    .isInstanceOf(TimedOutException.class);
        }
    }

    @Test
    void aWaitEndsWhenTheSourceIsClosed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        Operation operation = Operation.begin(
                ErrorOrigin.of("netlink"), "reading", Duration.ofSeconds(20), () -> closed.getAndSet(true));
        try (NetlinkSocket socket = sockets.open(NetlinkSockets.GENERIC)) {
            assertThatThrownBy(() -> socket.receive(operation)).isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void messagesThatWentThroughAreWiped() throws Exception {
        try (NetlinkSocket socket = sockets.open(NetlinkSockets.GENERIC)) {
            Families.list(socket.request(), 1);
            int length = socket.request().limit();
            socket.send();
            ByteBuffer reply = socket.receive(operation(Duration.ofSeconds(5)));
            int received = reply.limit();
            socket.wipe();

            assertThat(bytes(socket.request(), length)).containsOnly((byte) 0);
            assertThat(bytes(reply, received)).containsOnly((byte) 0);
        }
    }

    @Test
    void closingTwiceClosesNoOneElsesFile() throws Exception {
        NetlinkSocket socket = sockets.open(NetlinkSockets.GENERIC);
        socket.close();
        try (NetlinkSocket other = sockets.open(NetlinkSockets.GENERIC)) {
            socket.close();
            Families.list(other.request(), 1);
            other.send();

            assertThat(other.receive(operation(Duration.ofSeconds(5))).hasRemaining())
                    .isTrue();
        }
    }

    @Test
    void noDescriptorIsLost() throws Exception {
        long before = descriptors();
        for (int i = 0; i < 1000; i++) {
            sockets.open(NetlinkSockets.GENERIC).close();
        }

        assertThat(descriptors()).isLessThan(before + 100);
    }

    @Test
    void aProtocolThatTheKernelHasNotIsItsError() {
        assertThatThrownBy(() -> sockets.open(31)).isInstanceOfSatisfying(ErrnoException.class, e -> {
            assertThat(e.number()).isEqualTo(Errno.EPROTONOSUPPORT);
            assertThat(e).hasMessage("socket: EPROTONOSUPPORT");
        });
    }

    @Test
    void aRequestThatIsNoneIsTheKernelsError() throws Exception {
        try (NetlinkSocket socket = sockets.open(NetlinkSockets.GENERIC)) {
            // NLM_F_REQUEST and NLM_F_ACK to a family that cannot be.
            socket.request()
                    .clear()
                    .putInt(20)
                    .putShort((short) 0x7ffe)
                    .putShort((short) 5)
                    .putLong(1)
                    .putInt(0)
                    .flip();
            socket.send();
            Messages messages = new Messages(socket.receive(operation(Duration.ofSeconds(5))));

            assertThat(messages.next()).isTrue();
            assertThat(messages.outcome().errno()).isEqualTo(Errno.ENOENT);
        }
    }

    @Test
    void interfacesAreKnownByName() {
        assertThat(sockets.interfaceIndex("lo")).isEqualTo(1);
        assertThat(sockets.interfaceIndex("no-such-link")).isZero();
    }

    private static byte[] bytes(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return bytes;
    }

    private static Operation operation(Duration timeout) {
        return Operation.begin(ErrorOrigin.of("netlink"), "reading", timeout, () -> false);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
