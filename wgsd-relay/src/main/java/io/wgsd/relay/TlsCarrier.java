package io.wgsd.relay;

import io.wgsd.internal.tls.Destination;
import io.wgsd.relay.carrier.CarrierLimits;
import io.wgsd.relay.carrier.CarrierLoop;
import io.wgsd.relay.carrier.CarrierTally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Takes WireGuard's packets over TLS from members whose networks let no UDP through, and hands them to the relay, and to
 * the registry's WireGuard, by UDP on this host.
 *
 * <p>For each connection there is a UDP socket with a loopback address, which stands for the member: relay and registry
 * need not know of any of this, and never take that address for one at which the member can be reached. Nothing is
 * decrypted but the TLS; what members prove, they prove to WireGuard. In TLS, packets are behind their length in two
 * bytes, and which of the two a client wants is its application protocol (ALPN, RFC 7301): {@code wgsd-relay} or {@code
 * wgsd-registry}.
 *
 * <p>There are at most 1,024 connections, of which a /24 or a /56 has 64 at most; strangers give way to members.
 * Thread-safe.
 */
public final class TlsCarrier implements AutoCloseable {

    private final CarrierLoop loop;
    private final CarrierTally tally;
    private final List<InetSocketAddress> addresses;

    private TlsCarrier(CarrierLoop loop, CarrierTally tally) throws IOException {
        this.loop = loop;
        this.tally = tally;
        addresses = loop.localAddresses();
    }

    /**
     * Begins a carrier.
     *
     * @param context the certificate to show, asked for each connection, so that a new one is shown at once
     * @return a builder
     */
    public static TlsCarrierBuilder builder(Supplier<SSLContext> context) {
        return new TlsCarrierBuilder(context);
    }

    static TlsCarrier start(TlsCarrierBuilder builder) throws IOException {
        Map<Destination, Supplier<InetSocketAddress>> destinations = new EnumMap<>(Destination.class);
        if (builder.relay != null) {
            destinations.put(Destination.RELAY, onThisHost(builder.relay));
        }
        if (builder.registry != null) {
            destinations.put(Destination.REGISTRY, onThisHost(builder.registry));
        }
        CarrierTally tally = new CarrierTally();
        CarrierLoop loop = new CarrierLoop(
                builder.listen, builder.context, destinations, CarrierLimits.defaults(), tally, builder.threads);
        try {
            TlsCarrier carrier = new TlsCarrier(loop, tally);
            loop.start();
            return carrier;
        } catch (IOException | RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    /** What listens at all addresses is reached at the loopback address. */
    private static Supplier<InetSocketAddress> onThisHost(Supplier<InetSocketAddress> destination) {
        return () -> {
            InetSocketAddress address = destination.get();
            if (!address.getAddress().isAnyLocalAddress()) {
                return address;
            }
            try {
                return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), address.getPort());
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are always an address", e);
            }
        };
    }

    /**
     * Returns where the carrier listens.
     *
     * @return addresses and ports, in the order in which they were asked for
     */
    public List<InetSocketAddress> localAddresses() {
        return addresses;
    }

    /**
     * Returns what the carrier has done so far.
     *
     * @return the counters as they are at this moment
     */
    public TlsCarrierStats stats() {
        return new TlsCarrierStats(
                tally.open.get(),
                tally.accepted.get(),
                tally.refused.get(),
                tally.received.get(),
                tally.sent.get(),
                tally.late.get());
    }

    /** Ends all connections, frees the addresses, and waits for the threads to end; a second call does nothing. */
    @Override
    public void close() {
        loop.close();
    }
}
