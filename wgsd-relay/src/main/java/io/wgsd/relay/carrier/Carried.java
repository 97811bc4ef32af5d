package io.wgsd.relay.carrier;

import io.wgsd.internal.tls.ChannelLoop;
import io.wgsd.internal.tls.Destination;
import io.wgsd.internal.tls.Frames;
import io.wgsd.internal.tls.TlsLink;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** One connection, and the UDP socket that stands for it on this host. Used on the loop's thread alone. */
final class Carried {

    private static final int BATCH = 32;
    /** A cookie reply (type 3) goes to anyone; every other message goes to members alone. */
    private static final byte COOKIE_REPLY = 3;

    private final CarrierLoop owner;
    private final TlsLink link;
    private final SelectionKey key;
    private final long since;
    private final ByteBuffer packet = ByteBuffer.allocate(Frames.LONGEST + 1);
    private @Nullable DatagramChannel udp;
    private int place;
    private boolean proven;
    private long heard;
    private long lateCounted;

    /**
     * Takes a connection that was accepted.
     *
     * @param tasks computes parts of handshakes
     */
    Carried(CarrierLoop owner, SocketChannel channel, SSLEngine engine, Executor tasks) throws IOException {
        this.owner = owner;
        since = System.nanoTime();
        heard = since;
        link = new TlsLink(channel, engine, tasks, () -> owner.loop().execute(this::advance));
        key = owner.loop().register(channel, SelectionKey.OP_READ, ready -> advance());
    }

    /** Notes which of all places is its own. */
    void begin(int number) {
        place = number;
    }

    /** Receives and sends what can be without waiting. */
    private void advance() {
        if (!key.isValid()) {
            return;
        }
        try {
            link.advance(this::toDestination, System.nanoTime());
            if (link.isOpen() && udp == null) {
                open();
            }
            key.interestOps(link.interest());
        } catch (IOException e) {
            owner.end(this, e);
        }
    }

    private void open() throws IOException {
        Destination destination = Destination.of(link.protocol())
                .orElseThrow(
                        () -> new EOFException("the client says neither that it wants the relay nor the registry"));
        InetSocketAddress to = owner.address(destination);
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            bind(channel, to.getAddress());
            channel.connect(to);
            owner.loop().register(channel, SelectionKey.OP_READ, ready -> fromDestination(channel));
            udp = channel;
        } finally {
            if (udp == null) {
                ChannelLoop.closeQuietly(channel);
            }
        }
    }

    /**
     * Gives each place a network of its own among the loopback addresses, so that each has a share of what the
     * destination lets a network do; a loopback address, so that nobody takes it for one where a member can be reached.
     */
    private void bind(DatagramChannel channel, InetAddress to) throws IOException {
        if (to.getAddress().length > Integer.BYTES) {
            byte[] only = new byte[to.getAddress().length];
            only[only.length - 1] = 1;
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(only), 0));
            return;
        }
        byte[] own = {127, (byte) (128 + (place >> Byte.SIZE & 0x7f)), (byte) place, 1};
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(own), 0));
        } catch (IOException e) {
            // Other systems than Linux have one loopback address.
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        }
    }

    private void toDestination(ByteBuffer bytes) throws IOException {
        heard = System.nanoTime();
        if (udp == null) {
            open();
        }
        owner.tally().received.incrementAndGet();
        try {
            if (udp != null) {
                udp.write(bytes);
            }
        } catch (IOException e) {
            // As with any UDP, the packet is lost; WireGuard sends again what matters.
            owner.lost(e);
        }
    }

    private void fromDestination(DatagramChannel channel) {
        long now = System.nanoTime();
        try {
            for (int i = 0; i < BATCH; i++) {
                packet.clear();
                if (!receive(channel)) {
                    break;
                }
                packet.flip();
                if (Frames.fits(packet.remaining())) {
                    byte[] bytes = new byte[packet.remaining()];
                    packet.get(bytes);
                    prove(bytes);
                    link.add(bytes, now);
                    owner.tally().sent.incrementAndGet();
                }
            }
            link.flush(System.nanoTime());
            owner.tally().late.addAndGet(link.dropped() - lateCounted);
            lateCounted = link.dropped();
            key.interestOps(link.interest());
        } catch (IOException e) {
            owner.end(this, e);
        }
    }

    private boolean receive(DatagramChannel channel) throws IOException {
        try {
            return channel.read(packet) > 0;
        } catch (PortUnreachableException e) {
            // Nobody listens there at the moment.
            return false;
        }
    }

    private void prove(byte[] bytes) {
        if (!proven && bytes[0] != COOKIE_REPLY) {
            proven = true;
            owner.proven(this);
        }
    }

    /** Ends it where it has lasted longer than it may. */
    void check(CarrierLimits limits, long now) {
        if (!link.isOpen()) {
            endAfter(limits.handshake(), since, now, "the handshake took too long");
        } else if (!proven) {
            endAfter(limits.unproven(), since, now, "it is no member's: nothing was sent to it");
        }
        endAfter(limits.idle(), heard, now, "nothing came from it");
    }

    private void endAfter(Duration limit, long from, long now, String reason) {
        if (now - from > limit.toNanos()) {
            owner.end(this, new EOFException(reason));
        }
    }

    /** Closes both sockets. */
    void close() {
        key.cancel();
        link.close();
        if (udp != null) {
            ChannelLoop.closeQuietly(udp);
        }
    }
}
