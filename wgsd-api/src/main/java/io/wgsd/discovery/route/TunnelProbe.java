package io.wgsd.discovery.route;

import io.wgsd.discovery.Trigger;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams to a peer's discard port (RFC 863) inside the tunnel. Each size has a socket of its own, since the system
 * does not say which datagram an ICMP message is about, but only which socket sent it.
 */
final class TunnelProbe implements Trigger.Probe {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelProbe.class);
    private static final int IPV4_HEADERS = 20 + 8;
    private static final int IPV6_HEADERS = 40 + 8;

    /** An empty datagram is not sent by a connected channel. */
    private static final int SMALL = 1;

    private final Line full;
    private final Line small;

    private TunnelProbe(Line full, Line small) {
        this.full = full;
        this.small = small;
    }

    /**
     * Opens the sockets.
     *
     * @param source one of the device's own addresses
     * @param mtu how large a packet may be on the device; nothing is opened where that is not known
     */
    static Optional<Trigger.Probe> open(InetSocketAddress source, InetSocketAddress target, OptionalInt mtu) {
        int headers = target.getAddress() instanceof Inet6Address ? IPV6_HEADERS : IPV4_HEADERS;
        if (mtu.orElse(0) <= headers) {
            return Optional.empty();
        }
        try {
            Line full = Line.open(source, target, mtu.getAsInt() - headers);
            try {
                return Optional.of(new TunnelProbe(full, Line.open(source, target, SMALL)));
            } catch (IOException e) {
                full.close();
                throw e;
            }
        } catch (IOException e) {
            LOG.debug("no datagram can be sent to {}: {}", target, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean send(Size size) {
        return line(size).send();
    }

    @Override
    public boolean isAnswered(Size size) {
        return line(size).isAnswered();
    }

    @Override
    public void close() {
        full.close();
        small.close();
    }

    private Line line(Size size) {
        return size == Size.FULL ? full : small;
    }

    /** One connected socket, from which datagrams of one size are sent. */
    private static final class Line {

        private final DatagramChannel channel;
        private final int size;
        private final ByteBuffer received = ByteBuffer.allocate(1);
        private boolean answered;

        private Line(DatagramChannel channel, int size) {
            this.channel = channel;
            this.size = size;
        }

        private static Line open(InetSocketAddress source, InetSocketAddress target, int size) throws IOException {
            boolean isIpv6 = target.getAddress() instanceof Inet6Address;
            DatagramChannel channel =
                    DatagramChannel.open(isIpv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            try {
                channel.configureBlocking(false);
                channel.bind(source).connect(target);
                return new Line(channel, size);
            } catch (IOException | UnsupportedOperationException e) {
                channel.close();
                throw new IOException(e);
            }
        }

        private boolean send() {
            try {
                return channel.write(ByteBuffer.allocate(size)) == size;
            } catch (PortUnreachableException e) {
                // The system reports the answer to an earlier datagram instead of sending this one.
                answered = true;
                return true;
            } catch (IOException e) {
                LOG.debug("a datagram of {} bytes cannot be sent: {}", size, e.getMessage());
                return false;
            }
        }

        private boolean isAnswered() {
            try {
                received.clear();
                // Something does take the datagrams, and has answered.
                answered |= channel.receive(received) != null;
            } catch (PortUnreachableException e) {
                answered = true;
            } catch (IOException e) {
                LOG.debug("an answer cannot be read: {}", e.getMessage());
            }
            return answered;
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("a socket does not close: {}", e.getMessage());
            }
        }
    }
}
