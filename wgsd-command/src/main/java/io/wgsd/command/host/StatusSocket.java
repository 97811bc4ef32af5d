package io.wgsd.command.host;

import io.wgsd.internal.file.FileFailure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket where a process answers what it knows. A client sends one line, and reads the answer. Only the user
 * that the process runs as may connect.
 */
public final class StatusSocket implements AutoCloseable {

    public static final String DIRECTORY = "/run/wgsd";
    public static final String ENDING = ".sock";
    private static final int LONGEST_LINE = 128;

    /** How long a connection may stay open. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** How long a client waits: longer than a connection may stay open, unless the process has been stopped. */
    private static final Duration CLIENT_PATIENCE = Duration.ofSeconds(12);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** More processes of one kind for one device are not shown. */
    private static final int MOST_ALIKE = 9;

    private final Path path;
    private final @Nullable ServerSocketChannel server;
    private final UnaryOperator<String> answers;
    private final StatusConnections visitors = new StatusConnections(PATIENCE);

    private StatusSocket(Path path, @Nullable ServerSocketChannel server, UnaryOperator<String> answers) {
        this.path = path;
        this.server = server;
        this.answers = answers;
    }

    /**
     * Opens the socket of an agent, named after its device. If that is impossible, it reports so, and the agent works
     * without one.
     *
     * @param answers returns the answer to a line
     * @param report gets a line if there can be no socket
     * @throws IOException if another agent maintains the device's peers
     */
    public static StatusSocket open(
            Path directory, String device, UnaryOperator<String> answers, Consumer<String> report) throws IOException {
        Path path = directory.resolve(device + ENDING);
        if (isAnswered(path)) {
            throw new IOException(
                    "another agent maintains the peers of " + device + " and answers at " + path + "; stop it first");
        }
        return serve(directory, path, answers, report);
    }

    /**
     * Opens a socket of another process, of which there may be several.
     *
     * @param kind what it is, as in {@code registry}
     * @param of what it belongs to
     */
    public static StatusSocket open(
            Path directory, String kind, String of, UnaryOperator<String> answers, Consumer<String> report) {
        Path path = path(directory, kind, of, 1);
        for (int i = 2; i <= MOST_ALIKE && isAnswered(path); i++) {
            path = path(directory, kind, of, i);
        }
        return serve(directory, path, answers, report);
    }

    /** No device has a colon in its name (dev_valid_name in net/core/dev.c). */
    private static Path path(Path directory, String kind, String of, int number) {
        return directory.resolve(kind + ":" + of + (number == 1 ? "" : ":" + number) + ENDING);
    }

    private static StatusSocket serve(
            Path directory, Path path, UnaryOperator<String> answers, Consumer<String> report) {
        ServerSocketChannel server = null;
        try {
            server = bind(directory, path);
        } catch (IOException | UnsupportedOperationException e) {
            report.accept("\"wgsd status\" will not work: cannot make a socket at " + path + ": "
                    + (e instanceof IOException io ? FileFailure.reason(path, io) : e.toString()));
        }
        StatusSocket socket = new StatusSocket(path, server, answers);
        Thread thread = new Thread(socket::serve, "wgsd-status");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    /**
     * Returns the answer of the process at a socket.
     *
     * @throws java.net.ConnectException if nobody listens there any more
     * @throws IOException if it cannot be asked; in one line
     */
    public static String ask(Path path, String how) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            closeLater(channel);
            channel.write(ByteBuffer.wrap((how + "\n").getBytes(StandardCharsets.US_ASCII)));
            StringBuilder answer = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(buffer) >= 0) {
                answer.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                buffer.clear();
            }
            return new String(answer.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    private static void closeLater(SocketChannel channel) {
        Thread thread = new Thread(
                () -> {
                    LockSupport.parkNanos(CLIENT_PATIENCE.toNanos());
                    close(channel);
                },
                "wgsd-status-limit");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The other end is told all the same.
        }
    }

    private static boolean isAnswered(Path path) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Binds in a folder that is closed to others, sets the mode, and then moves the socket to its place. */
    private static ServerSocketChannel bind(Path directory, Path path) throws IOException {
        Files.createDirectories(directory);
        Path hidden = Files.createTempDirectory(directory, ".new");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            Path fresh = hidden.resolve("sock");
            server.bind(UnixDomainSocketAddress.of(fresh));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        } finally {
            Files.deleteIfExists(hidden.resolve("sock"));
            Files.deleteIfExists(hidden);
        }
    }

    private void serve() {
        ServerSocketChannel listening = server;
        while (listening != null && listening.isOpen()) {
            try {
                visitors.receive(listening.accept(), this::answer);
            } catch (IOException e) {
                // The socket is closed, or this process has no descriptors left for now.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void answer(SocketChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(answers.apply(line(channel)).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE);
        while (line.hasRemaining() && channel.read(line) >= 0) {
            int end = line.position();
            if (end > 0 && line.get(end - 1) == '\n') {
                break;
            }
        }
        return StandardCharsets.US_ASCII.decode(line.flip()).toString().strip();
    }

    @Override
    public void close() {
        ServerSocketChannel listening = server;
        if (listening == null) {
            return;
        }
        try {
            listening.close();
            visitors.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The next agent replaces it.
        }
    }
}
