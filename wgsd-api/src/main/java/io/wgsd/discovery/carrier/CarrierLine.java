package io.wgsd.discovery.carrier;

import io.wgsd.internal.tls.ChannelLoop;
import io.wgsd.internal.tls.Destination;
import io.wgsd.internal.tls.Frames;
import io.wgsd.internal.tls.TlsLink;
import io.wgsd.model.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket of this host that stands for the relay or the registry, and the connection to which its packets are
 * carried, which is made again while it is wanted.
 *
 * <p>{@link #want}, {@link #isOpen}, {@link #down} and {@link #endpoint} are for any thread; all else happens on the
 * loop's.
 */
final class CarrierLine {

    private static final int BATCH = 32;
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLED = 5;
    /** What waits in the system is late as well: 50 ms at 20 Mbit/s. */
    private static final int SEND_BUFFER = 128 << 10;

    private final Destination destination;
    private final ChannelLoop loop;
    private final RelayHost host;
    private final int port;
    private final ClientTls tls;
    private final Executor tasks;
    private final IntSupplier wireGuard;
    private final Consumer<IOException> failed;
    private final DatagramChannel udp;
    private final Endpoint endpoint;
    private final ByteBuffer packet = ByteBuffer.allocate(Frames.LONGEST + 1);
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable TlsLink link;
    private boolean looking;
    private long began;
    private long due;
    private int failures;
    private volatile boolean wanted;
    private volatile boolean open;
    private volatile long closedAt;

    /**
     * Binds the socket.
     *
     * @param tasks computes parts of handshakes and looks names up
     * @param wireGuard the port of WireGuard's own socket
     * @param failed gets why a connection was not made, or was lost; on the loop's thread
     */
    CarrierLine(
            Destination destination,
            ChannelLoop loop,
            RelayHost host,
            int port,
            ClientTls tls,
            Executor tasks,
            IntSupplier wireGuard,
            Consumer<IOException> failed)
            throws IOException {
        this.destination = destination;
        this.loop = loop;
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.tasks = tasks;
        this.wireGuard = wireGuard;
        this.failed = failed;
        udp = DatagramChannel.open();
        udp.configureBlocking(false);
        udp.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        udp.bind(atLoopback(0));
        endpoint = Endpoint.of((InetSocketAddress) udp.getLocalAddress());
        loop.register(udp, SelectionKey.OP_READ, ready -> fromWireGuard());
    }

    private static InetSocketAddress atLoopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Returns the endpoint that a peer has while its packets are carried. */
    Endpoint endpoint() {
        return endpoint;
    }

    /** Sets whether there is to be a connection. */
    void want(boolean next) {
        if (wanted != next) {
            wanted = next;
            closedAt = System.nanoTime();
            loop.execute(() -> {
                failures = 0;
                due = System.nanoTime();
                tick();
            });
        }
    }

    boolean isOpen() {
        return open;
    }

    /** Returns for how long there has been no connection although one is wanted. */
    Duration down() {
        return wanted && !open ? Duration.ofNanos(System.nanoTime() - closedAt) : Duration.ZERO;
    }

    /** Does what is due. */
    void tick() {
        long now = System.nanoTime();
        if (!wanted) {
            close();
        } else if (channel == null && !looking && now - due >= 0) {
            looking = true;
            tasks.execute(this::lookUp);
        } else if (channel != null && !open && now - began > DEADLINE.toNanos()) {
            fail(new IOException("no connection was made within " + DEADLINE.toSeconds() + " s"));
        }
    }

    private void lookUp() {
        try {
            InetAddress address = host.next();
            loop.execute(() -> connect(address));
        } catch (IOException e) {
            loop.execute(() -> fail(e));
        }
    }

    private void connect(InetAddress address) {
        looking = false;
        if (!wanted || channel != null) {
            return;
        }
        began = System.nanoTime();
        try {
            SocketChannel connecting = SocketChannel.open();
            channel = connecting;
            connecting.configureBlocking(false);
            connecting.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connecting.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            key = loop.register(connecting, SelectionKey.OP_CONNECT, ready -> advance());
            if (connecting.connect(new InetSocketAddress(address, port))) {
                advance();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void advance() {
        SocketChannel own = channel;
        SelectionKey ownKey = key;
        if (own == null || ownKey == null || !ownKey.isValid()) {
            return;
        }
        try {
            if (link == null) {
                if (!own.finishConnect()) {
                    return;
                }
                link = new TlsLink(own, tls.engine(destination), tasks, () -> loop.execute(this::advance));
            }
            link.advance(this::toWireGuard, System.nanoTime());
            if (!open && link.isOpen()) {
                opened(link);
            }
            ownKey.interestOps(link.interest());
        } catch (IOException e) {
            fail(e);
        }
    }

    private void opened(TlsLink made) throws IOException {
        if (!made.protocol().equals(destination.protocol())) {
            throw new EOFException(
                    "what responds there is no relay of wgsd: it does not know the application protocol \""
                            + destination.protocol() + "\"");
        }
        open = true;
        failures = 0;
    }

    private void toWireGuard(ByteBuffer bytes) throws IOException {
        udp.send(bytes, atLoopback(wireGuard.getAsInt()));
    }

    private void fromWireGuard() {
        long now = System.nanoTime();
        try {
            for (int i = 0; i < BATCH; i++) {
                packet.clear();
                InetSocketAddress from = (InetSocketAddress) udp.receive(packet);
                if (from == null) {
                    break;
                }
                packet.flip();
                TlsLink to = link;
                // Any process of this host can send here.
                boolean isWireGuard = from.getAddress().isLoopbackAddress() && from.getPort() == wireGuard.getAsInt();
                if (isWireGuard && to != null && open && Frames.fits(packet.remaining())) {
                    byte[] bytes = new byte[packet.remaining()];
                    packet.get(bytes);
                    to.add(bytes, now);
                }
            }
            TlsLink to = link;
            SelectionKey ownKey = key;
            if (to != null && ownKey != null && ownKey.isValid()) {
                to.flush(System.nanoTime());
                ownKey.interestOps(to.interest());
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException reason) {
        looking = false;
        boolean reported = wanted;
        close();
        due = System.nanoTime() + FIRST_PAUSE.toNanos() * (1L << Math.min(failures, MOST_DOUBLED));
        failures++;
        if (reported) {
            failed.accept(reason);
        }
    }

    private void close() {
        if (open) {
            closedAt = System.nanoTime();
        }
        open = false;
        TlsLink ended = link;
        SocketChannel closing = channel;
        link = null;
        channel = null;
        key = null;
        if (ended != null) {
            ended.close();
        } else if (closing != null) {
            ChannelLoop.closeQuietly(closing);
        }
    }
}
