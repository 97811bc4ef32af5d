package io.wgsd.relay;

import io.wgsd.internal.Rate;
import io.wgsd.model.SecretKey;
import io.wgsd.model.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a {@link Relay}, and starts it. Not thread-safe. */
public final class RelayBuilder {

    private static final int MOST_ADDRESSES = 64;
    private static final long LEAST_BYTES = 10_000;
    private static final long GIGABIT = 125_000_000;
    /** So long a member may send as fast as it likes: a burst of TCP's. */
    private static final long BURST_BYTES = 4 << 20;

    final SecretKey privateKey;
    final RelayMembers members;
    final List<InetSocketAddress> listen = new ArrayList<>();
    RelayStore store = RelayStore.inMemory();
    RelayListener listener = new RelayListener() {};
    TimeSource clock = TimeSource.system();
    long bytesPerSecond = GIGABIT;
    boolean batched = true;

    @Nullable
    ThreadFactory threadFactory;

    RelayBuilder(SecretKey privateKey, RelayMembers members) {
        this.privateKey = Objects.requireNonNull(privateKey, "private key");
        this.members = Objects.requireNonNull(members, "members");
    }

    /**
     * Adds an address at which to listen; at least one is needed.
     *
     * <p>A wildcard address is right for hosts that have one address of a family. Where there are several, name each
     * one that members use, or what the relay sends may leave from another address than the member's packets go to.
     *
     * @param address an address of this host and a port, where 0 takes any free one
     * @return this
     * @throws IllegalArgumentException if the address is a name that was not resolved, or there are too many
     */
    public RelayBuilder listen(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("listen address must be numeric, was " + address);
        }
        if (listen.size() >= MOST_ADDRESSES) {
            throw new IllegalArgumentException("a relay listens at " + MOST_ADDRESSES + " addresses at most");
        }
        listen.add(address);
        return this;
    }

    /**
     * Sets the store of what the relay has to know at its next start.
     *
     * @param store {@link RelayStore#inMemory()} by default; {@link RelayStore#inFile} outlives the process. No two
     *     relays may share one
     * @return this
     */
    public RelayBuilder store(RelayStore store) {
        this.store = Objects.requireNonNull(store, "store");
        return this;
    }

    /**
     * Sets the listener, which is called when something happens.
     *
     * @param listener by default one that logs what an operator has to know, and nothing else
     * @return this
     */
    public RelayBuilder listener(RelayListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets how much data each member may send.
     *
     * @param bytes bytes a second, 10,000 to 10^12; 125,000,000 (a gigabit) by default. Four mebibytes may come at
     *     once
     * @return this
     * @throws IllegalArgumentException if the number is out of range
     */
    public RelayBuilder memberBytesPerSecond(long bytes) {
        if (bytes < LEAST_BYTES || bytes > 1_000_000_000_000L) {
            throw new IllegalArgumentException("bytes a second must be 10000..10^12, were " + bytes);
        }
        bytesPerSecond = bytes;
        return this;
    }

    /**
     * Sets whether many packets are received and sent with one system call. This works on 64-bit Linux with JNA that
     * may load native code; elsewhere packets are forwarded one by one, as with {@code false}.
     *
     * @param batched true by default
     * @return this
     */
    public RelayBuilder batchedUdp(boolean batched) {
        this.batched = batched;
        return this;
    }

    /**
     * Sets the clock: its wall clock for the timestamps of the relay's own handshakes, its monotonic one for the rest.
     *
     * @param clock {@link TimeSource#system()} by default
     * @return this
     */
    public RelayBuilder clock(TimeSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Sets the factory of the relay's threads.
     *
     * @param threadFactory called by {@link #start()}; by default the threads are daemons whose names begin with
     *     {@code wgsd-relay} and say what each does
     * @return this
     */
    public RelayBuilder threadFactory(ThreadFactory threadFactory) {
        this.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
        return this;
    }

    /**
     * Starts the relay; it forwards from when this returns.
     *
     * <p>Members that were attached when the state was saved are asked at once whether they are still where they were.
     *
     * @return the running relay, to be closed by the caller
     * @throws IllegalStateException if there is no address to listen at, or the private key is closed
     * @throws IOException if an address cannot be bound, or the state cannot be read or makes no sense; in one line
     */
    public Relay start() throws IOException {
        if (listen.isEmpty()) {
            throw new IllegalStateException("a relay needs an address to listen at: call listen(address)");
        }
        return Relay.start(this);
    }

    Rate dataBytes() {
        return new Rate(bytesPerSecond, BURST_BYTES);
    }

    ThreadFactory threads(String role) {
        ThreadFactory factory = threadFactory;
        return factory != null
                ? factory
                : task -> {
                    Thread thread = new Thread(task, "wgsd-relay-" + role);
                    thread.setDaemon(true);
                    return thread;
                };
    }

    static UnaryOperator<byte[]> random() {
        SecureRandom secure = new SecureRandom();
        return bytes -> {
            secure.nextBytes(bytes);
            return bytes;
        };
    }
}
