package io.wgsd.tests.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/**
 * Sends all it can by TCP through the tunnel, in both directions at once, until its standard input ends, and prints how
 * much came and for how long nothing came at most.
 */
final class StreamFlow implements AutoCloseable {

    private static final int PORT = 7778;
    private static final int CHUNK_BYTES = 64 << 10;

    private final Socket socket;
    private volatile boolean over;
    private long received;
    private long stallNanos;

    private StreamFlow(Socket socket) {
        this.socket = socket;
    }

    /** Takes this side's address in the tunnel and, where this side calls, the other's. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (StreamFlow flow = new StreamFlow(connection(arguments))) {
            Thread receiver = new Thread(flow::receive);
            Thread sender = new Thread(flow::send);
            receiver.start();
            sender.start();
            System.out.println("connected");
            while (System.in.read() >= 0) {
                // Only the end counts.
            }
            flow.over = true;
            flow.close();
            sender.join();
            receiver.join();
            System.out.println("received " + flow.received + " bytes, nothing for "
                    + Duration.ofNanos(flow.stallNanos).toMillis() + " ms at most.");
        }
    }

    private static Socket connection(String... arguments) throws IOException {
        InetAddress here = InetAddress.getByName(arguments[0]);
        if (arguments.length > 1) {
            Socket caller = new Socket();
            caller.bind(new InetSocketAddress(here, 0));
            caller.connect(new InetSocketAddress(arguments[1], PORT));
            return caller;
        }
        try (ServerSocket listener = new ServerSocket(PORT, 1, here)) {
            System.out.println("listening");
            return listener.accept();
        }
    }

    private void send() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            OutputStream out = socket.getOutputStream();
            while (!over) {
                out.write(chunk);
            }
        } catch (SocketException e) {
            endedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            InputStream in = socket.getInputStream();
            long before = 0;
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                long now = System.nanoTime();
                if (received > 0) {
                    stallNanos = Math.max(stallNanos, now - before);
                }
                before = now;
                received += length;
            }
        } catch (SocketException e) {
            endedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endedBy(SocketException e) {
        if (!over) {
            // The other side closes first, or the connection broke: what the test reads then has no figures, or small
            // ones.
            System.out.println("the connection ended: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
