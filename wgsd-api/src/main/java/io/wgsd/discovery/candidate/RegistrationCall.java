package io.wgsd.discovery.candidate;

import io.wgsd.discovery.exchange.ServerPath;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Sends a registration over a TCP connection of its own (RFC 1035, section 4.2.2), from a port below 1024: by that the
 * registry knows that the host's administrator speaks, and not just any process or a host behind it.
 */
public final class RegistrationCall {

    private static final int FIRST_PORT = 600;
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;
    private static final int MOST_PORTS = 16;
    private static final int IDS = 1 << 16;
    private static final int LENGTH_BYTES = 2;

    private final Registration registration;
    private final ServerPath path;
    private final Duration timeout;
    private final RandomNumbers random;

    /** Returns a number from 0 to one below a bound. */
    @FunctionalInterface
    public interface RandomNumbers {
        int next(int bound);
    }

    /**
     * Makes a call that has not begun.
     *
     * @param path the registry, and the device's address from which it is asked
     * @param timeout how long it may take to connect, and then to get the response
     */
    public RegistrationCall(Registration registration, ServerPath path, Duration timeout, RandomNumbers random) {
        this.registration = registration;
        this.path = path;
        this.timeout = timeout;
        this.random = random;
    }

    /** Sends it, and returns what became of it; blocks for twice the time-out at most. */
    public RegistrationOutcome run() {
        for (int i = 0; i < MOST_PORTS; i++) {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(path.source(), port()));
                return over(socket);
            } catch (BindException e) {
                if (isDenied(e)) {
                    return RegistrationOutcome.notPermitted("this process may not use a port below "
                            + FIRST_UNPRIVILEGED_PORT + "; it needs CAP_NET_BIND_SERVICE");
                }
                // Somebody else has this port; another one is free.
            } catch (IOException e) {
                return RegistrationOutcome.failed(String.valueOf(e.getMessage()));
            }
        }
        return RegistrationOutcome.failed("no port below " + FIRST_UNPRIVILEGED_PORT + " is free");
    }

    private RegistrationOutcome over(Socket socket) throws IOException {
        int id = random.next(IDS);
        int millis = Math.toIntExact(timeout.toMillis());
        byte[] message = registration.toWire(id);
        try {
            socket.connect(path.server(), millis);
        } catch (BindException e) {
            throw new IOException(e.getMessage(), e);
        }
        long end = System.nanoTime() + timeout.toNanos();
        socket.getOutputStream()
                .write(ByteBuffer.allocate(LENGTH_BYTES + message.length)
                        .putShort((short) message.length)
                        .put(message)
                        .array());
        int length = ByteBuffer.wrap(read(socket, LENGTH_BYTES, end)).getShort() & 0xffff;
        return registration.outcome(id, read(socket, length, end));
    }

    private static byte[] read(Socket socket, int length, long end) throws IOException {
        byte[] bytes = new byte[length];
        int have = 0;
        while (have < length) {
            long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (millis <= 0) {
                throw new SocketTimeoutException("it has not responded in time");
            }
            socket.setSoTimeout(Math.toIntExact(millis));
            int count = socket.getInputStream().read(bytes, have, length - have);
            if (count < 0) {
                throw new EOFException("it closed the connection without a whole response");
            }
            have += count;
        }
        return bytes;
    }

    private int port() {
        return FIRST_PORT + random.next(FIRST_UNPRIVILEGED_PORT - FIRST_PORT);
    }

    /** Java has one exception for a port that is in use and for one that is not allowed. */
    private static boolean isDenied(BindException e) {
        String message = e.getMessage();
        return message != null && message.contains("denied");
    }
}
