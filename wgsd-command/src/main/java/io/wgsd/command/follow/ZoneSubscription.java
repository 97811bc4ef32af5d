package io.wgsd.command.follow;

import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.dnssd.push.DsoTlv;
import io.wgsd.dnssd.push.SessionTimeouts;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.model.FormatException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Keeps a connection on which a server says at once that a zone has another serial: a subscription to its SOA by DNS
 * Push (RFC 8765), over plain TCP.
 *
 * <p>What it says is only a hint to ask. It has a thread of its own. Thread-safe.
 */
final class ZoneSubscription implements AutoCloseable {

    private static final int CONNECTING_MILLIS = 5_000;
    /** After so long a silence it asks for a sign of life. */
    private static final int SILENCE_MILLIS = 10_000;

    private static final int PATIENCE_MILLIS = 5_000;
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final long UNSUPPORTED_MILLIS = Duration.ofMinutes(10).toMillis();
    private static final int SUBSCRIBING = 1;
    private static final int KEEPALIVE = 2;

    private final ZoneServer server;
    private final Runnable onNews;
    private final Thread thread;
    private volatile boolean confirmed;
    private volatile boolean closed;
    private volatile @Nullable Socket socket;

    private ZoneSubscription(ZoneServer server, Runnable onNews) {
        this.server = server;
        this.onNews = onNews;
        thread = new Thread(this::run, "wgsd-push-" + server.where());
        thread.setDaemon(true);
    }

    /**
     * Begins to connect.
     *
     * @param onNews is called when there may be another serial, or when there is no subscription any more
     */
    static ZoneSubscription start(ZoneServer server, Runnable onNews) {
        ZoneSubscription subscription = new ZoneSubscription(server, onNews);
        subscription.thread.start();
        return subscription;
    }

    /** Returns whether the server has agreed to say when there is another serial. */
    boolean isConfirmed() {
        return confirmed;
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!closed) {
                boolean was = false;
                boolean patient = false;
                try (Socket connection = new Socket()) {
                    socket = connection;
                    patient = converse(connection);
                } catch (IOException | FormatException e) {
                    // The zone is asked for at short intervals meanwhile, and what is wrong is said there.
                } finally {
                    was = confirmed;
                    confirmed = false;
                }
                if (was) {
                    onNews.run();
                }
                pause = was ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                // All that a server pushes to come back at different times after it was away.
                Thread.sleep((long) ((patient ? UNSUPPORTED_MILLIS : pause)
                        * (0.75 + ThreadLocalRandom.current().nextDouble() / 2)));
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    /** Subscribes and listens until the connection fails; returns once it is clear that the server does not push. */
    private boolean converse(Socket connection) throws IOException, InterruptedException {
        connection.setTcpNoDelay(true);
        connection.connect(server.address().find(), CONNECTING_MILLIS);
        DataInputStream in = new DataInputStream(connection.getInputStream());
        send(
                connection,
                DsoMessage.request(SUBSCRIBING, new Subscription(server.zone(), Type.SOA, DClass.IN).encode()));
        boolean asked = true;
        while (!closed) {
            connection.setSoTimeout(asked ? PATIENCE_MILLIS : SILENCE_MILLIS);
            int first;
            try {
                first = in.readUnsignedByte();
            } catch (SocketTimeoutException e) {
                if (asked) {
                    throw e;
                }
                asked = true;
                send(
                        connection,
                        DsoMessage.request(
                                KEEPALIVE,
                                new SessionTimeouts(SessionTimeouts.INFINITE, Duration.ofMillis(SILENCE_MILLIS))
                                        .encode()));
                continue;
            }
            connection.setSoTimeout(PATIENCE_MILLIS);
            byte[] bytes = new byte[first << 8 | in.readUnsignedByte()];
            in.readFully(bytes);
            if (!DsoMessage.isDso(bytes)) {
                return true;
            }
            asked = false;
            DsoMessage message = DsoMessage.parse(bytes);
            if (!message.response()) {
                if (message.primary().filter(tlv -> tlv.type() == DsoTlv.PUSH).isPresent()) {
                    onNews.run();
                }
            } else if (message.id() == SUBSCRIBING) {
                if (message.rcode() != Rcode.NOERROR) {
                    return message.rcode() == Rcode.NOTIMP || message.rcode() == DsoMessage.DSOTYPENI;
                }
                confirmed = true;
            }
        }
        return false;
    }

    private static void send(Socket connection, DsoMessage message) throws IOException {
        byte[] bytes = message.encode();
        OutputStream out = connection.getOutputStream();
        out.write(ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array());
    }

    /** Ends it, without a wait. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is of no use any more in any case.
            }
        }
    }
}
