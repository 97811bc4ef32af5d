package io.wgsd.portmap.upnp;

import io.wgsd.model.IpAddress;
import io.wgsd.model.TimeSource;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.exchange.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches for the description of one router, and hears nobody else. Some routers answer only what is sent to all, and
 * some only what is sent to them, so that both are asked; they may answer from any port.
 */
final class SsdpSearch {

    private static final Logger LOG = LoggerFactory.getLogger(SsdpSearch.class);

    private static final Duration WAIT = Duration.ofMillis(600);
    private static final int ATTEMPTS = 3;
    private static final int NEWEST = 2;
    private static final int MOST_DATAGRAMS = 256;
    private static final int BUFFER = 4097;
    private static final long SLICE_MILLIS = 50;

    private final int port;
    private final TimeSource clock;
    private final BooleanSupplier stopped;

    /**
     * Makes a search.
     *
     * @param port the routers' port
     * @param stopped whether to give up
     */
    SsdpSearch(int port, TimeSource clock, BooleanSupplier stopped) {
        this.port = port;
        this.clock = clock;
        this.stopped = stopped;
    }

    /**
     * Returns where the router's description is.
     *
     * @throws NoAnswerException if the router does not say
     */
    HttpTarget find(Gateway gateway) throws NoAnswerException {
        try (Selector selector = Selector.open();
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(gateway.local().toInetAddress(), 0));
            channel.register(selector, SelectionKey.OP_READ);
            int most = MOST_DATAGRAMS;
            for (int i = 0; i < ATTEMPTS; i++) {
                ask(channel, gateway);
                long end = clock.nanos() + WAIT.toNanos();
                while (end - clock.nanos() > 0 && !stopped.getAsBoolean()) {
                    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
                    if (!(channel.receive(buffer) instanceof InetSocketAddress from)) {
                        long left = TimeUnit.NANOSECONDS.toMillis(end - clock.nanos());
                        selector.select(Math.max(1, Math.min(left, SLICE_MILLIS)));
                        selector.selectedKeys().clear();
                        continue;
                    }
                    Optional<HttpTarget> found = read(from.getAddress(), buffer.flip(), gateway.address());
                    if (found.isPresent()) {
                        return found.get();
                    }
                    if (--most == 0) {
                        throw new NoAnswerException("is not heard, for too much else is sent");
                    }
                }
            }
            throw new NoAnswerException("does not answer a search");
        } catch (NoAnswerException e) {
            throw e;
        } catch (IOException e) {
            throw new NoAnswerException("cannot be searched for: " + e.getMessage());
        }
    }

    private void ask(DatagramChannel channel, Gateway gateway) throws IOException {
        for (int version = 1; version <= NEWEST; version++) {
            byte[] search = SsdpMessages.search(version);
            channel.send(
                    ByteBuffer.wrap(search),
                    new InetSocketAddress(gateway.address().toInetAddress(), port));
            try {
                channel.setOption(
                        StandardSocketOptions.IP_MULTICAST_IF,
                        NetworkInterface.getByInetAddress(gateway.local().toInetAddress()));
                channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 2);
                channel.send(
                        ByteBuffer.wrap(search),
                        new InetSocketAddress(InetAddress.getByName(SsdpMessages.MULTICAST), port));
            } catch (IOException | IllegalArgumentException e) {
                LOG.debug("no search is sent to all: {}", e.getMessage());
            }
        }
    }

    private static Optional<HttpTarget> read(InetAddress from, ByteBuffer datagram, IpAddress router) {
        if (!IpAddress.of(from).equals(router)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            return SsdpMessages.location(bytes, router);
        } catch (ProtocolException e) {
            LOG.debug("{} sends {}", router, e.getMessage());
            return Optional.empty();
        }
    }
}
