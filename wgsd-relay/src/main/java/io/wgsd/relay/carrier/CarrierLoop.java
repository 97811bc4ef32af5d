package io.wgsd.relay.carrier;

import io.wgsd.internal.tls.ChannelLoop;
import io.wgsd.internal.tls.Destination;
import io.wgsd.relay.limit.PrefixBuckets;
import io.wgsd.relay.roster.Source;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts connections and serves them: one thread for their packets, another for what handshakes cost. */
public final class CarrierLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CarrierLoop.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BACKLOG = 128;
    private static final int ACCEPTED_AT_ONCE = 16;
    /** What waits in the system is late as well: 50 ms at 20 Mbit/s. */
    private static final int SEND_BUFFER = 128 << 10;

    private final Supplier<SSLContext> context;
    private final Map<Destination, Supplier<InetSocketAddress>> destinations;
    private final CarrierLimits limits;
    private final CarrierTally tally;
    private final Places<Carried> places;
    private final PrefixBuckets begun;
    private final ChannelLoop loop;
    private final ExecutorService handshakes;
    private final List<ServerSocketChannel> listening = new ArrayList<>();
    private final String[] protocols;
    private final long origin = System.nanoTime();

    /**
     * Binds the addresses.
     *
     * @param listen where to listen
     * @param context has the certificate that is shown from now on
     * @param destinations where packets go to on this host; asked for each connection
     * @param limits how much connections may take up
     * @param tally counts
     * @param threads makes the two threads
     * @throws IOException if an address cannot be bound; in one line
     */
    public CarrierLoop(
            List<InetSocketAddress> listen,
            Supplier<SSLContext> context,
            Map<Destination, Supplier<InetSocketAddress>> destinations,
            CarrierLimits limits,
            CarrierTally tally,
            ThreadFactory threads)
            throws IOException {
        this.context = context;
        this.destinations = Map.copyOf(destinations);
        this.limits = limits;
        this.tally = tally;
        places = new Places<>(limits.connections(), limits.perNetwork());
        begun = new PrefixBuckets(limits.begun(), new SecureRandom().nextLong());
        protocols = destinations.keySet().stream().map(Destination::protocol).toArray(String[]::new);
        loop = new ChannelLoop(threads, TICK, this::tick);
        // One task for each connection at most; none is of use once the loop ends.
        handshakes = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                new ThreadPoolExecutor.DiscardPolicy());
        try {
            for (InetSocketAddress address : listen) {
                listenAt(address);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void listenAt(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        listening.add(channel);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for TLS at " + address.getAddress().getHostAddress() + " port " + address.getPort()
                            + ": " + e.getMessage() + "; is another server using that port?",
                    e);
        }
        loop.register(channel, SelectionKey.OP_ACCEPT, key -> accept(channel));
    }

    /** Begins to serve. */
    public void start() {
        loop.start();
    }

    /**
     * Returns where it listens.
     *
     * @return addresses and ports, in the order in which they were given
     * @throws IOException if it is closed
     */
    public List<InetSocketAddress> localAddresses() throws IOException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (ServerSocketChannel each : listening) {
            addresses.add((InetSocketAddress) each.getLocalAddress());
        }
        return addresses;
    }

    private void accept(ServerSocketChannel channel) {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
                SocketChannel accepted = channel.accept();
                if (accepted == null) {
                    return;
                }
                admit(accepted);
            }
        } catch (IOException e) {
            // Most likely this process has no descriptor left; the next tick looks again.
            LOG.debug("cannot accept: {}", e.toString());
            loop.expect(channel, 0);
        }
    }

    private void admit(SocketChannel accepted) {
        Carried connection = null;
        try {
            InetSocketAddress from = (InetSocketAddress) accepted.getRemoteAddress();
            long network = Source.of(from, 0).prefix();
            if (!begun.take(network, System.nanoTime() - origin) || !places.mayHaveMore(network)) {
                throw new EOFException("its network has as many connections as it may have");
            }
            places.yielding().ifPresent(each -> {
                tally.refused.incrementAndGet();
                end(each, new EOFException("it gave way to another"));
            });
            if (places.isFull()) {
                throw new EOFException("there are as many connections as there may be");
            }
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            accepted.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            connection = new Carried(this, accepted, engine(), handshakes);
            connection.begin(places.take(connection, network));
            tally.accepted.incrementAndGet();
            tally.open.incrementAndGet();
        } catch (IOException | RuntimeException e) {
            LOG.debug("refused: {}", e.toString());
        } finally {
            if (connection == null) {
                tally.refused.incrementAndGet();
                ChannelLoop.closeQuietly(accepted);
            }
        }
    }

    private SSLEngine engine() {
        SSLEngine engine = context.get().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        return engine;
    }

    InetSocketAddress address(Destination destination) throws IOException {
        Supplier<InetSocketAddress> address = destinations.get(destination);
        if (address == null) {
            throw new EOFException("nothing here is a " + destination);
        }
        return address.get();
    }

    ChannelLoop loop() {
        return loop;
    }

    CarrierTally tally() {
        return tally;
    }

    void proven(Carried connection) {
        places.proven(connection);
    }

    void lost(IOException problem) {
        LOG.debug("a packet was lost: {}", problem.toString());
    }

    void end(Carried connection, IOException reason) {
        if (places.free(connection)) {
            LOG.debug("a connection ended: {}", reason.toString());
            tally.open.decrementAndGet();
            connection.close();
        }
    }

    private void tick() {
        long now = System.nanoTime();
        places.all().forEach(each -> each.check(limits, now));
        listening.forEach(each -> loop.expect(each, SelectionKey.OP_ACCEPT));
    }

    /** Ends all connections, frees the addresses, and waits for the threads to end. */
    @Override
    public void close() {
        handshakes.shutdownNow();
        try {
            // What is computed at this moment wakes the loop, which therefore ends later.
            if (!handshakes.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.debug("a handshake is still being computed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.execute(() -> places.all().forEach(each -> end(each, new EOFException("the relay ends"))));
        loop.close();
        listening.forEach(ChannelLoop::closeQuietly);
    }
}
