package io.wgsd.relay;

import io.wgsd.internal.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link TlsCarrier}, and starts it. Not thread-safe. */
public final class TlsCarrierBuilder {

    final Supplier<SSLContext> context;
    final List<InetSocketAddress> listen = new ArrayList<>();
    ThreadFactory threads = Threads.numberedDaemons("wgsd-tls-");

    @Nullable
    Supplier<InetSocketAddress> relay;

    @Nullable
    Supplier<InetSocketAddress> registry;

    TlsCarrierBuilder(Supplier<SSLContext> context) {
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * Adds an address at which to listen; at least one is needed.
     *
     * @param address an address of this host and a TCP port, where 0 takes any free one; 443 is let through by most
     *     networks
     * @return this
     * @throws IllegalArgumentException if the address is a name that was not resolved
     */
    public TlsCarrierBuilder listen(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("listen address must be numeric, was " + address);
        }
        listen.add(address);
        return this;
    }

    /**
     * Sets the relay.
     *
     * @param address where the relay listens on this host, as {@link Relay#localAddresses} has it
     * @return this
     */
    public TlsCarrierBuilder relay(InetSocketAddress address) {
        Objects.requireNonNull(address, "address");
        relay = () -> address;
        return this;
    }

    /**
     * Sets the WireGuard device of the registry.
     *
     * @param address where that device listens on this host; asked for each connection, since its port may change
     * @return this
     */
    public TlsCarrierBuilder registry(Supplier<InetSocketAddress> address) {
        registry = Objects.requireNonNull(address, "address");
        return this;
    }

    /**
     * Sets the factory of the carrier's two threads.
     *
     * @param threadFactory called by {@link #start()}; by default the threads are daemons whose names begin with
     *     {@code wgsd-tls-}
     * @return this
     */
    public TlsCarrierBuilder threadFactory(ThreadFactory threadFactory) {
        threads = Objects.requireNonNull(threadFactory, "threadFactory");
        return this;
    }

    /**
     * Starts the carrier.
     *
     * @return the running carrier, to be closed by the caller
     * @throws IllegalStateException if there is no address to listen at, or nothing to carry packets to
     * @throws IOException if an address cannot be bound; in one line
     */
    public TlsCarrier start() throws IOException {
        if (listen.isEmpty()) {
            throw new IllegalStateException("a carrier needs an address to listen at: call listen(address)");
        }
        if (relay == null && registry == null) {
            throw new IllegalStateException("a carrier needs somebody to carry to: call relay(address)");
        }
        return TlsCarrier.start(this);
    }
}
