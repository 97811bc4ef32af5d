package io.wgsd.backend.uapi.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A process that listens on a WireGuard socket and does as its script says, good or bad. */
public final class FakeUapi implements AutoCloseable {

    /** What is done with one connection, which is closed afterwards. */
    public interface Script {
        void serve(SocketChannel connection) throws IOException;
    }

    private final Path directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Thread acceptor;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private FakeUapi(Path directory, String device, Script script) throws IOException {
        this.directory = directory;
        socket = directory.resolve(device + ".sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 64);
        acceptor = daemon(() -> acceptAll(script));
    }

    /** Listens for a device in a directory of its own. */
    public static FakeUapi serving(String device, Script script) throws IOException {
        return new FakeUapi(Files.createTempDirectory("uapi"), device, script);
    }

    /** Answers each request. */
    public static FakeUapi answering(String device, UnaryOperator<String> answers) throws IOException {
        FakeUapi[] self = new FakeUapi[1];
        Script script = connection -> {
            String request = readRequest(connection);
            if (!request.isEmpty()) {
                self[0].requests.add(request);
                write(connection, answers.apply(request));
            }
        };
        synchronized (self) {
            self[0] = serving(device, connection -> {
                synchronized (self) {
                    script.serve(connection);
                }
            });
        }
        return self[0];
    }

    /** Returns the requests that were answered, in order. */
    public List<String> requests() {
        return requests;
    }

    /** Returns the requests that change something, but for those that find out the dialect. */
    public List<String> changes() {
        return requests.stream()
                .filter(request -> request.startsWith("set=1\n") && !request.contains("update_only=true\nremove=true"))
                .toList();
    }

    public Path directory() {
        return directory;
    }

    public Path socket() {
        return socket;
    }

    /** Ends the process without removing its socket, as a crash does. */
    public void crash() throws IOException {
        server.close();
        try {
            // Until then the kernel still holds the listening socket.
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        crash();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(directory);
    }

    /** Reads to the blank line, or to the end. */
    public static String readRequest(SocketChannel connection) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
        boolean complete = false;
        while (!complete && connection.read(bytes.clear()) >= 0) {
            request.write(bytes.array(), 0, bytes.position());
            int end = bytes.position();
            complete = end > 1 && bytes.get(end - 1) == '\n' && bytes.get(end - 2) == '\n';
        }
        return request.toString(StandardCharsets.US_ASCII);
    }

    /** Reads what comes first. */
    public static String readPart(SocketChannel connection) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        connection.read(bytes);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    public static void write(SocketChannel connection, String text) throws IOException {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    private void acceptAll(Script script) {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                daemon(() -> serve(script, connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private static void serve(Script script, SocketChannel connection) {
        try (connection) {
            script.serve(connection);
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "fake-uapi");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
