package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.internal.Backoff;
import io.wgsd.internal.Threads;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a registry's peers in a zone that another name server serves, by dynamic updates (RFC 2136) that are signed (RFC
 * 8945).
 *
 * <p>Only what differs is written. What belongs to one peer is replaced in one message, which the server carries out only
 * if everything is as it was read. Lists are added to and taken from record by record. The zone's apex, and whatever is not
 * of peers, is never touched, and neither are peers that somebody else has entered by hand.
 *
 * <p>Several registries may share one zone. Each peer's TXT names the registry that wrote it ({@code by=}), and each
 * registry has a lease in the zone, which it renews. A registry replaces what another one wrote only if it has seen the
 * peer at its endpoint more recently ({@code since=}), and takes away what another one wrote only after that one's lease.
 *
 * <p>The server has to let the key update the zone and transfer it, for the zone is read as a whole: at the start, after
 * any trouble, and whenever somebody else has changed it. Where the server is away it is tried again, at first after a
 * second and in the end every minute. Closing leaves the records where they are, until the lease has run out and another
 * registry cleans up.
 *
 * <p>Thread-safe.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** A second after the first failure, twice as long each time, a minute at most. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final Synchronizer synchronizer;
    private final Listener listener;
    private final Duration check;
    private final Thread thread;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor.
    private @Nullable Zone latest;
    private boolean isNew;
    private boolean closed;

    private Publisher(Builder builder) {
        synchronizer = new Synchronizer(builder, System::nanoTime);
        listener = builder.listener;
        check = builder.check;
        thread = Objects.requireNonNull(builder.threadFactory.newThread(this::run), "thread factory gave no thread");
    }

    /**
     * Begins a publisher.
     *
     * @param names the names of the zone
     * @param primary the name server that takes updates, resolved
     * @param key what updates and transfers are signed with
     * @param registry the key of the registry's own device, which tells registries apart
     * @return a builder
     * @throws IllegalArgumentException if the primary's name was not resolved, or its port is 0
     */
    public static Builder builder(DnsSdNames names, InetSocketAddress primary, TsigKey key, PublicKey registry) {
        return new Builder(names, primary, key, registry);
    }

    /** Is told what happens, on the publisher's thread; all methods do nothing by default. */
    public interface Listener {

        /**
         * Is told that the primary has what it was to have: for the first time, after a failure, and where that took an
         * update.
         *
         * @param peers how many peers were written or taken away
         */
        default void published(int peers) {}

        /**
         * Is told that the primary could not be brought up to date.
         *
         * @param error why, in one line
         * @param retryIn when it is tried again
         */
        default void failed(PublishException error, Duration retryIn) {}

        /**
         * Is told of peers that are not published, since the zone has them of somebody who leaves no mark; told again when
         * they are others.
         *
         * @param peers whose names are taken
         */
        default void passedOver(Set<PublicKey> peers) {}

        /**
         * Is told that an error has ended the publisher's thread, such as for want of memory, so that what is published runs out with
         * its lease. Comes once at most, and is logged in any case.
         *
         * @param error what has ended the thread
         */
        default void ended(Throwable error) {}
    }

    /**
     * Has the peers of a zone be published from now on, in place of those of the zone before; never blocks.
     *
     * @param zone a zone of the same name; of it only what is of peers is published
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
                Duration pause = check;
                try {
                    int peers = synchronizer.synchronize(zone, foreign -> tell(() -> listener.passedOver(foreign)));
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
                    failed(new PublishException("publishing failed for a fault of this program: " + e, e), pause);
                }
                zone = next(pause, !works);
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted, and so not publishing any more");
        } catch (Error e) {
            try {
                LOG.error("nothing is published any more: {}", e.toString(), e);
            } finally {
                tell(() -> listener.ended(e));
            }
        }
    }

    private void failed(PublishException error, Duration retryIn) {
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
            LOG.error("telling the publisher's listener failed", e);
        }
    }

    /** Gathers how a zone is published; not thread-safe. */
    public static final class Builder {

        final DnsSdNames names;
        final InetSocketAddress primary;
        final TsigKey key;
        final PublicKey registry;
        Duration lease = Duration.ofMinutes(10);
        Duration check = Duration.ofSeconds(5);
        Duration timeout = Duration.ofSeconds(10);
        InstantSource clock = InstantSource.system();
        private Listener listener = new LoggingListener();
        private ThreadFactory threadFactory;

        private Builder(DnsSdNames names, InetSocketAddress primary, TsigKey key, PublicKey registry) {
            if (Objects.requireNonNull(primary, "primary").isUnresolved() || primary.getPort() == 0) {
                throw new IllegalArgumentException(
                        "primary must be a numeric address and a port of 1..65535, was " + primary);
            }
            this.names = Objects.requireNonNull(names, "names");
            this.primary = primary;
            this.key = Objects.requireNonNull(key, "key");
            this.registry = Objects.requireNonNull(registry, "registry");
            threadFactory = Threads.daemons("wgsd-publisher-" + names.origin().toString(true));
        }

        /**
         * Sets how long after this registry's end others leave alone what it wrote.
         *
         * @param value 2 seconds to a day, 10 minutes by default; it is renewed each third of that
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder lease(Duration value) {
            lease = checkRange("lease", value, Duration.ofSeconds(2), Duration.ofDays(1));
            return this;
        }

        /**
         * Sets how often the primary is asked whether the zone is still what it was, so that what it lost or somebody
         * changed is repaired.
         *
         * @param value 100 ms to an hour, 5 seconds by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder checkInterval(Duration value) {
            check = checkRange("checkInterval", value, Duration.ofMillis(100), Duration.ofHours(1));
            return this;
        }

        /**
         * Sets how long the primary may take for each answer.
         *
         * @param value 1 second to 10 minutes, 10 seconds by default
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public Builder timeout(Duration value) {
            timeout = checkRange("timeout", value, Duration.ofSeconds(1), Duration.ofMinutes(10));
            return this;
        }

        /**
         * Sets who is told what happens.
         *
         * @param value by default one that has failures and peers that are passed over be logged as warnings, each once
         * @return this
         */
        public Builder listener(Listener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Sets who makes the one thread, by default a daemon named {@code wgsd-publisher-} and the zone.
         *
         * @param value asked by {@link #start()}
         * @return this
         */
        public Builder threadFactory(ThreadFactory value) {
            threadFactory = Objects.requireNonNull(value, "threadFactory");
            return this;
        }

        /**
         * Sets where the time comes from that leases show.
         *
         * @param value the system's clock by default
         * @return this
         */
        public Builder clock(InstantSource value) {
            clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Starts the thread, which waits for the first zone.
         *
         * @return the publisher, which the caller closes
         */
        public Publisher start() {
            Publisher publisher = new Publisher(this);
            publisher.thread.start();
            return publisher;
        }

        private static Duration checkRange(String name, Duration value, Duration least, Duration most) {
            if (Objects.requireNonNull(value, name).compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
            }
            return value;
        }
    }
}
