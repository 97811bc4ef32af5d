package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.internal.Backoff;
import io.wgsd.internal.Threads;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a registry's peers in a zone that another name server serves, by dynamic updates (RFC 2136) that are signed
 * (RFC 8945).
 *
 * <p>Only what differs is written. What belongs to one peer is replaced in one message, which the server carries out
 * only if everything is as it was read. Lists are added to and taken from record by record. The zone's apex, everything
 * that does not belong to peers, and peers that somebody else has entered by hand are never touched.
 *
 * <p>Several registries may share one zone. Each peer's TXT names the registry that wrote it ({@code by=}), and each
 * registry has a lease in the zone, which it renews. A registry replaces what another one wrote only if it has seen the
 * peer at its endpoint more recently ({@code since=}), and takes away what another one wrote only after that one's
 * lease.
 *
 * <p>The server has to let the key update the zone and transfer it, because the zone is read as a whole: at the start,
 * after a failure, and each time that somebody else has changed it. If the server does not answer, the publisher tries
 * again, at first after a second and finally every minute. Closing leaves the records in the zone until the lease has
 * run out and another registry removes them.
 *
 * <p>Thread-safe.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** A second after the first failure, twice as long each time, a minute at most. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Synchronizer synchronizer;
    private final Listener listener;
    private final Attempts attempts;
    private final Duration checkInterval;
    private final Thread thread;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor.
    private @Nullable Zone latest;
    private boolean isNew;
    private boolean closed;

    private Publisher(PublisherConfig config) {
        synchronizer = new Synchronizer(config, config.clock::nanos);
        attempts = new Attempts(config.clock, config.clock::nanos);
        listener = config.listener;
        checkInterval = config.checkInterval;
        thread = Objects.requireNonNull(config.threadFactory.newThread(this::run), "thread factory gave no thread");
    }

    /**
     * Begins a publisher.
     *
     * @param names the names of the zone
     * @param primary the name server that takes updates, resolved
     * @param key what updates and transfers are signed with
     * @param registry the key of the registry's own device, which identifies the registry
     * @return a builder
     * @throws IllegalArgumentException if the primary's name was not resolved, or its port is 0
     */
    public static Builder builder(DnsSdNames names, InetSocketAddress primary, TsigKey key, PublicKey registry) {
        return new Builder(names, primary, key, registry);
    }

    /** Hears what happens, on the publisher's thread. All methods do nothing by default. */
    public interface Listener {

        /**
         * Called when the primary has what it is to have: for the first time, after a failure, and each time that this
         * took an update.
         *
         * @param peers how many peers were written or taken away
         */
        default void published(int peers) {}

        /**
         * Called when the primary could not be brought up to date.
         *
         * @param error why, in one line
         * @param retryIn how long the publisher waits before it tries again
         */
        default void failed(PublishException error, Duration retryIn) {}

        /**
         * Called with the peers that are not published, because somebody else has entered them in the zone by hand.
         * Called again when these change.
         *
         * @param peers whose names are taken
         */
        default void passedOver(Set<PublicKey> peers) {}

        /**
         * Called when an error, such as an {@code OutOfMemoryError}, has ended the publisher's thread, so that what is
         * published expires with its lease. It is called once at most; the error is logged in any case.
         *
         * @param error what has ended the thread
         */
        default void ended(Throwable error) {}
    }

    /**
     * Publishes the peers of a zone from now on, instead of those of the zone before. Never blocks.
     *
     * @param zone a zone of the same name, of which only the peers' records are published
     * @throws IllegalArgumentException if the zone has another name
     */
    public void publish(Zone zone) {
        if (!zone.origin().equals(synchronizer.names().origin())) {
            throw new IllegalArgumentException(
                    "zone must be " + synchronizer.names().origin() + ", was " + zone.origin());
        }
        synchronized (monitor) {
            latest = zone;
            isNew = true;
            monitor.notifyAll();
        }
    }

    /**
     * Returns what the publisher has done so far.
     *
     * @return the counters as they are at that moment
     */
    public PublisherStats stats() {
        return attempts.stats();
    }

    /**
     * Returns how the publisher is: whether the primary is up to date, and whether a restart would help.
     *
     * @return the state as it is at that moment
     */
    public PublisherHealth health() {
        return attempts.health();
    }

    /** Ends the thread and waits for it; the zone stays as it is. A second call does nothing. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
        }
        synchronizer.close();
        Threads.join(thread);
    }

    private void run() {
        int failures = 0;
        boolean works = false;
        try {
            for (Zone zone = next(Duration.ZERO, false); zone != null; ) {
                Duration pause = checkInterval;
                try {
                    int peers = synchronizer.synchronize(zone, this::passedOver);
                    attempts.succeeded(peers);
                    failures = 0;
                    if (peers > 0 || !works) {
                        tell(() -> listener.published(peers));
                    }
                    works = true;
                } catch (PublishException e) {
                    pause = BACKOFF.after(failures++);
                    works = false;
                    failed(e, pause);
                } catch (RuntimeException e) {
                    // The next zone may be another one, and nobody else would start again.
                    pause = BACKOFF.after(failures++);
                    works = false;
                    failed(
                            new PublishException("publishing failed because of a fault in this program: " + e, e),
                            pause);
                }
                zone = next(pause, !works);
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted, so publishing has stopped");
        } catch (Error e) {
            attempts.ended(e);
            try {
                LOG.error("nothing is published any more: {}", e.toString(), e);
            } finally {
                tell(() -> listener.ended(e));
            }
        }
    }

    private void passedOver(Set<PublicKey> peers) {
        attempts.passedOver(peers);
        tell(() -> listener.passedOver(peers));
    }

    private void failed(PublishException error, Duration retryIn) {
        attempts.failed(error);
        if (!isClosed()) {
            LOG.debug("publishing failed", error);
            tell(() -> listener.failed(error, retryIn));
        }
    }

    private boolean isClosed() {
        synchronized (monitor) {
            return closed;
        }
    }

    /** Waits for a new zone, or at most so long for the old one; through a pause for breath in any case. */
    private @Nullable Zone next(Duration atMost, boolean wholePause) throws InterruptedException {
        synchronized (monitor) {
            long start = System.nanoTime();
            while (!closed) {
                long left = atMost.toNanos() - (System.nanoTime() - start);
                if (latest != null && (left <= 0 || (isNew && !wholePause))) {
                    isNew = false;
                    return latest;
                }
                monitor.wait(latest == null ? 0 : Math.max(1, left / 1_000_000));
            }
            return null;
        }
    }

    private static void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            LOG.error("notifying the publisher's listener failed", e);
        }
    }

    /** Collects the settings of a {@link Publisher}, and starts it. Not thread-safe. */
    public static final class Builder {

        private final PublisherConfig config;

        private Builder(DnsSdNames names, InetSocketAddress primary, TsigKey key, PublicKey registry) {
            config = new PublisherConfig(names, primary, key, registry);
        }

        /**
         * Sets how long other registries leave this one's records alone after it has ended.
         *
         * @param lease 2 seconds to a day, 10 minutes by default; it is renewed each third of that
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder lease(Duration lease) {
            config.lease(lease);
            return this;
        }

        /**
         * Sets how often to ask the primary whether the zone is unchanged, so that records that were lost or changed
         * are repaired.
         *
         * @param interval 100 ms to an hour, 5 seconds by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder checkInterval(Duration interval) {
            config.checkInterval(interval);
            return this;
        }

        /**
         * Sets how long the primary may take for each answer.
         *
         * @param timeout 1 second to 10 minutes, 10 seconds by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder timeout(Duration timeout) {
            config.timeout(timeout);
            return this;
        }

        /**
         * Sets the listener.
         *
         * @param listener by default one that logs failures and peers that are passed over as warnings, each once
         * @return this
         */
        public Builder listener(Listener listener) {
            config.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Sets the factory of the one thread, which by default is a daemon named {@code wgsd-publisher-} and the zone.
         *
         * @param threadFactory called by {@link #start()}
         * @return this
         */
        public Builder threadFactory(ThreadFactory threadFactory) {
            config.threadFactory = Objects.requireNonNull(threadFactory, "threadFactory");
            return this;
        }

        /**
         * Sets the clock: its wall clock for the times that leases show, its monotonic one for when they are renewed.
         *
         * @param clock {@link TimeSource#system()} by default
         * @return this
         */
        public Builder clock(TimeSource clock) {
            config.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Starts the thread, which waits for the first zone.
         *
         * @return the publisher, which the caller closes
         */
        public Publisher start() {
            Publisher publisher = new Publisher(new PublisherConfig(config));
            publisher.thread.start();
            return publisher;
        }
    }
}
