package io.wgsd.command.follow;

import io.wgsd.dnssd.ZoneDiff;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/**
 * Follows a zone as a secondary does: gets it whole by AXFR, then asks by IXFR for what has changed, at intervals and
 * when it is told to, by its user or by the server (DNS Push, RFC 8765).
 *
 * <p>Only what is wanted of it is kept, up to a limit, and a transfer ends after a minute, so that no server can fill
 * the memory or hold the thread. Thread-safe.
 */
public final class ZoneFollower implements AutoCloseable {

    private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(1);
    /** A server whose serials went back, as after a loss of its state, seems to have nothing newer for ever. */
    private static final long WHOLE_NANOS = Duration.ofMinutes(10).toNanos();

    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 10_000;
    /** However often it is told to, it asks no sooner than this after it asked before. */
    private static final long SHORTEST_PAUSE_MILLIS = 200;
    /** How often it asks where the server says itself when there is something new. */
    private static final long PUSHED_INTERVAL_MILLIS = Duration.ofMinutes(1).toMillis();

    /** Is told, on the follower's thread, what comes of the attempts. */
    public interface Listener {

        /**
         * Called with all that is wanted of the zone: at first, and whenever it has changed. The set is the follower's,
         * and is another one after the next call.
         */
        void changed(Set<Record> records);

        /** Called instead where it is known what has changed since the call before. */
        default void changed(ZoneDiff change, Set<Record> records) {
            changed(records);
        }

        /** Called with one line when an attempt failed for another reason than the one before. */
        void failed(String problem);

        /** Returns whether a zone is of use whose serial is smaller: only then the whole zone is asked for at times. */
        default boolean takesOlder() {
            return true;
        }

        /** Called after each attempt that worked, whether or not anything has changed. */
        default void reached() {}
    }

    private final ZoneServer server;
    private final ZoneContent content;
    private final long intervalMillis;
    private final Listener listener;
    private final Thread thread;
    private final LongSupplier nanoClock;
    private long wholeAt;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor.
    private @Nullable ZoneSubscription subscription;
    private boolean told;
    private boolean closed;

    private ZoneFollower(
            ZoneServer server,
            Predicate<Record> wanted,
            int limit,
            Duration interval,
            Listener listener,
            LongSupplier nanoClock) {
        this.server = server;
        this.nanoClock = nanoClock;
        content = new ZoneContent(wanted, limit);
        intervalMillis = interval.toMillis();
        this.listener = listener;
        thread = new Thread(this::run, "wgsd-follow-" + server.where());
        thread.setDaemon(true);
    }

    /**
     * Begins to follow a zone.
     *
     * @param server who has it
     * @param wanted which records to keep
     * @param limit how many records to keep at most; a zone with more is not taken over
     * @param interval how often to ask
     * @param listener is told what comes of it
     */
    public static ZoneFollower start(
            ZoneServer server, Predicate<Record> wanted, int limit, Duration interval, Listener listener) {
        return start(server, wanted, limit, interval, listener, System::nanoTime);
    }

    /** Begins to follow a zone by another clock, which says when it is time for the whole zone. */
    static ZoneFollower start(
            ZoneServer server,
            Predicate<Record> wanted,
            int limit,
            Duration interval,
            Listener listener,
            LongSupplier nanoClock) {
        ZoneFollower follower = new ZoneFollower(server, wanted, limit, interval, listener, nanoClock);
        follower.thread.start();
        return follower;
    }

    /** Subscribes to the zone's changes too, of a server that knows this host by its address. */
    public void subscribe() {
        synchronized (monitor) {
            if (!closed && subscription == null) {
                subscription = ZoneSubscription.start(server, this::tell);
            }
        }
    }

    /** Makes it ask soon, because the zone is said to have changed. */
    public void tell() {
        synchronized (monitor) {
            told = true;
            monitor.notifyAll();
        }
    }

    /** Ends it; a transfer that is under way changes nothing any more. */
    @Override
    public void close() {
        synchronized (monitor) {
            closed = true;
            monitor.notifyAll();
            if (subscription != null) {
                subscription.close();
            }
        }
        thread.interrupt();
    }

    private void run() {
        long retry = FIRST_RETRY_MILLIS;
        String said = null;
        try {
            while (!isClosed()) {
                String problem = attempt();
                if (problem != null && !problem.equals(said) && !isClosed()) {
                    listener.failed(problem);
                }
                said = problem;
                pause(problem == null ? interval() : retry);
                retry = problem == null ? FIRST_RETRY_MILLIS : Math.min(2 * retry, LONGEST_RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long interval() {
        synchronized (monitor) {
            return subscription != null && subscription.isConfirmed()
                    ? Math.max(intervalMillis, PUSHED_INTERVAL_MILLIS)
                    : intervalMillis;
        }
    }

    /** Asks once, and returns what went wrong; null where nothing did. */
    private @Nullable String attempt() throws InterruptedException {
        try {
            boolean changed = transfer();
            if (!isClosed()) {
                if (changed) {
                    Optional<ZoneDiff> change = content.change();
                    if (change.isPresent()) {
                        listener.changed(change.get(), content.records());
                    } else {
                        listener.changed(content.records());
                    }
                }
                listener.reached();
            }
            return null;
        } catch (IOException | ZoneTransferException | RuntimeException e) {
            // What was said step by step may have led astray.
            content.forgetSerial();
            return TransferProblem.of(server, e);
        }
    }

    private boolean transfer() throws IOException, ZoneTransferException, InterruptedException {
        Name zone = server.zone();
        if (listener.takesOlder() && nanoClock.getAsLong() - wholeAt > WHOLE_NANOS) {
            content.forgetSerial();
        }
        TSIG key = server.key().map(each -> each.toTsig()).orElse(null);
        OptionalLong serial = content.serial();
        ZoneTransferIn asked = serial.isPresent()
                ? ZoneTransferIn.newIXFR(
                        zone, serial.getAsLong(), true, server.address().find(), key)
                : ZoneTransferIn.newAXFR(zone, server.address().find(), key);
        asked.setTimeout(TRANSFER_LIMIT);
        ZoneContent.Transfer transfer = content.begin();
        asked.run(transfer);
        if (serial.isEmpty()) {
            wholeAt = nanoClock.getAsLong();
        }
        return transfer.finish();
    }

    private boolean isClosed() {
        synchronized (monitor) {
            return closed;
        }
    }

    private void pause(long millis) throws InterruptedException {
        Thread.sleep(Math.min(millis, SHORTEST_PAUSE_MILLIS));
        long deadline = System.nanoTime()
                + Duration.ofMillis(millis - SHORTEST_PAUSE_MILLIS).toNanos();
        synchronized (monitor) {
            long left = millis - SHORTEST_PAUSE_MILLIS;
            while (!told && !closed && left > 0) {
                monitor.wait(left);
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
            told = false;
        }
    }
}
