package io.wgsd.portmap;

import io.wgsd.internal.Threads;
import io.wgsd.model.TimeSource;
import io.wgsd.portmap.protocol.Lifetimes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/** Collects the settings of a {@link PortMapper}, and starts it. Not thread-safe. */
public final class PortMapperBuilder {

    private static final Duration USUAL_LIFETIME = Duration.ofHours(2);

    final PortMapperGateways gateways;
    PortMapperStore store = PortMapperStore.inMemory();
    PortMapperListener listener = new PortMapperListener() {};
    TimeSource clock = TimeSource.system();
    Duration lifetime = USUAL_LIFETIME;
    ThreadFactory threadFactory = Threads.daemons("wgsd-portmap");

    PortMapperBuilder(PortMapperGateways gateways) {
        this.gateways = Objects.requireNonNull(gateways, "gateways");
    }

    /**
     * Sets the store of what routers may hold for this host.
     *
     * @param store {@link PortMapperStore#inMemory()} by default; {@link PortMapperStore#inFile} outlives the process.
     *     No two mappers may share one
     * @return this
     */
    public PortMapperBuilder store(PortMapperStore store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Sets the listener, which is called when something happens.
     *
     * @param listener none by default
     * @return this
     */
    public PortMapperBuilder listener(PortMapperListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets for how long a router is asked to forward the port; it is asked again at half of what it grants.
     *
     * @param lifetime 10 seconds to a day, in whole seconds; two hours by default, as RFC 6886 recommends
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public PortMapperBuilder lifetime(Duration lifetime) {
        if (lifetime.compareTo(Lifetimes.LEAST) < 0 || lifetime.compareTo(Lifetimes.MOST) > 0) {
            throw new IllegalArgumentException("lifetime must be 10 seconds to a day, was " + lifetime);
        }
        this.lifetime = Duration.ofSeconds(lifetime.toSeconds());
        return this;
    }

    /**
     * Sets the clock.
     *
     * @param clock {@link TimeSource#system()} by default
     * @return this
     */
    public PortMapperBuilder clock(TimeSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets the factory of the mapper's one thread.
     *
     * @param threadFactory called by {@link #start()}; by default the thread is a daemon named {@code wgsd-portmap}
     * @return this
     */
    public PortMapperBuilder threadFactory(ThreadFactory threadFactory) {
        this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
        return this;
    }

    /**
     * Starts the mapper, which asks for nothing until it knows the port: {@link PortMapper#port}.
     *
     * @return the running mapper, to be closed by the caller
     */
    public PortMapper start() {
        return PortMapper.start(this, RouterPorts.STANDARD);
    }
}
