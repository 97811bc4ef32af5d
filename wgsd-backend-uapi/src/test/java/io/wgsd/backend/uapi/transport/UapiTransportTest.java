package io.wgsd.backend.uapi.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wgsd.backend.uapi.UapiPeerSourceProvider;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.TimedOutException;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.unixsocket.UnixDatagramChannel;
import jnr.unixsocket.UnixSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for either way to reach a socket. */
@Timeout(30)
@ParameterizedClass
@ValueSource(strings = {UapiPeerSourceProvider.JDK, UapiPeerSourceProvider.JNR})
final class UapiTransportTest {

    @Parameter
    private String way = "";

    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private UapiTransport transport;
    private FakeUapi fake;

    /** A server that neither reads nor writes. */
    @BeforeEach
    void start() throws IOException {
        Lab.require(way.equals(UapiPeerSourceProvider.JNR) || JdkUapiTransport.fits(), "this is not Linux");
        transport = way.equals(UapiPeerSourceProvider.JNR) ? new JnrUapiTransport() : new JdkUapiTransport();
        fake = FakeUapi.serving("wg0", this::hold);
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        fake.close();
    }

    @Test
    void waitingForBytesEndsAtTheDeadline() throws IOException {
        long begun = System.nanoTime();
        try (UapiConnection connection = transport.open(fake.socket(), operation(Duration.ofMillis(150)))) {
            assertThatThrownBy(() -> connection.read(ByteBuffer.allocateDirect(10)))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("150 ms");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    @Test
    void waitingForRoomEndsAtTheDeadline() throws IOException {
        try (UapiConnection connection = transport.open(fake.socket(), operation(Duration.ofMillis(150)))) {
            assertThatThrownBy(() -> connection.write(ByteBuffer.allocateDirect(8_000_000)))
                    .isInstanceOf(TimedOutException.class);
        }
    }

    @Test
    void waitingForAFullQueueEndsAtTheDeadline() throws IOException {
        Path socket = fake.directory().resolve("full.sock");
        try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            full.bind(UnixDomainSocketAddress.of(socket), 1);
            List<SocketChannel> waiting = fillQueue(socket);

            assertThatThrownBy(() -> transport.open(socket, operation(Duration.ofMillis(150))))
                    .isInstanceOf(TimedOutException.class);
            for (SocketChannel connection : waiting) {
                connection.close();
            }
        } finally {
            Files.delete(socket);
        }
    }

    @Test
    void closingTheSourceEndsWaiting() throws Exception {
        CompletableFuture<Outcome> outcome = readInBackground(new CompletableFuture<>());
        connected.await();

        closed.set(true);

        assertThat(outcome.get(10, TimeUnit.SECONDS).thrown())
                .isInstanceOf(CancelledException.class)
                .hasMessageContaining("the source is closed");
    }

    @Test
    void anInterruptEndsWaitingAndStays() throws Exception {
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        CompletableFuture<Outcome> outcome = readInBackground(reader);
        connected.await();

        reader.get().interrupt();

        assertThat(outcome.get(10, TimeUnit.SECONDS).thrown())
                .isInstanceOf(CancelledException.class)
                .hasMessageContaining("the thread was interrupted");
        assertThat(outcome.get().interrupted()).isTrue();
    }

    @Test
    void theProcessAtTheOtherEndIsThisUsers() throws IOException {
        try (UapiConnection connection = transport.open(fake.socket(), operation(LONG))) {
            assertThat(connection.peerUser()).isEqualTo(transport.ownUser());
        }
    }

    @Test
    void ownUserIsThatOfThisProcess() throws IOException {
        Lab.require(Files.exists(Path.of("/proc/self")), "there is no /proc");

        assertThat(transport.ownUser()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    @Test
    void openingAndClosingLeavesNoDescriptor() throws IOException {
        Lab.require(Files.exists(Path.of("/proc/self/fd")), "there is no /proc");
        openAndClose(10);
        long before = descriptors();

        openAndClose(1000);

        awaitNoMoreThan(before);
    }

    @Test
    void failingToConnectLeavesNoDescriptor() throws IOException {
        Lab.require(Files.exists(Path.of("/proc/self/fd")), "there is no /proc");
        fake.crash();
        long before = descriptors();

        for (int i = 0; i < 1000; i++) {
            assertThatThrownBy(() -> transport.open(fake.socket(), operation(LONG)))
                    .isInstanceOf(ErrnoException.class)
                    .hasMessage("connect: ECONNREFUSED");
        }

        awaitNoMoreThan(before);
    }

    @Test
    void aSocketThatIsNotThereHasItsErrno() {
        assertThatThrownBy(() -> transport.open(fake.directory().resolve("other.sock"), operation(LONG)))
                .hasMessage("connect: ENOENT");
    }

    @Test
    void aSocketOfAnotherKindIsNotTakenForAFullOne() throws IOException {
        Path socket = fake.directory().resolve("datagrams.sock");
        try (UnixDatagramChannel other = UnixDatagramChannel.open()) {
            other.bind(new UnixSocketAddress(socket.toString()));

            assertThatThrownBy(() -> transport.open(socket, operation(LONG))).hasMessage("connect: EPROTOTYPE");
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private void openAndClose(int times) throws IOException {
        end.countDown();
        for (int i = 0; i < times; i++) {
            transport.open(fake.socket(), operation(LONG)).close();
        }
    }

    /** Waits until a thousand more are gone; a few are others', who come and go meanwhile. */
    private static void awaitNoMoreThan(long before) throws IOException {
        long most = before + 50;
        Await.until("at most " + most + " open files", () -> descriptors() <= most);
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private record Outcome(Throwable thrown, boolean interrupted) {}

    private CompletableFuture<Outcome> readInBackground(CompletableFuture<Thread> reader) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            reader.complete(Thread.currentThread());
            Throwable thrown = catchThrowable(() -> {
                try (UapiConnection connection = transport.open(fake.socket(), operation(LONG))) {
                    connection.read(ByteBuffer.allocateDirect(10));
                }
            });
            outcome.complete(new Outcome(thrown, Thread.currentThread().isInterrupted()));
        });
        thread.start();
        return outcome;
    }

    private static List<SocketChannel> fillQueue(Path socket) throws IOException {
        List<SocketChannel> waiting = new ArrayList<>();
        try {
            while (true) {
                SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
                waiting.add(connection);
                connection.configureBlocking(false);
                connection.connect(UnixDomainSocketAddress.of(socket));
            }
        } catch (SocketException e) {
            // No room for one more.
            return waiting;
        }
    }

    private Operation operation(Duration timeout) {
        return Operation.begin(ErrorOrigin.of("uapi").device("wg0"), "reading", timeout, closed::get);
    }

    private void hold(SocketChannel connection) throws IOException {
        connected.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
