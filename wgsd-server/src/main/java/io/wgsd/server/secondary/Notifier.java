package io.wgsd.server.secondary;

import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.SOARecord;

/**
 * Tells secondaries of each new zone by NOTIFY, and again until each has asked for the serial (RFC 1996). Thread-safe.
 */
public final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    private final List<Secondary> secondaries;
    private final Set<IpAddress> addresses;
    private final Supplier<List<InetSocketAddress>> listening;
    private final LongSupplier nanoClock;
    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> news = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private @Nullable SOARecord soa;

    private Notifier(
            Collection<InetSocketAddress> secondaries,
            Supplier<List<InetSocketAddress>> listening,
            LongSupplier nanoClock,
            ThreadFactory threads,
            Consumer<String> trouble)
            throws IOException {
        SecureRandom random = new SecureRandom();
        this.secondaries = secondaries.stream()
                .map(address -> new Secondary(address, random, trouble))
                .toList();
        addresses = secondaries.stream().map(Notifier::ip).collect(Collectors.toUnmodifiableSet());
        this.listening = listening;
        this.nanoClock = nanoClock;
        selector = Selector.open();
        thread = Objects.requireNonNull(threads.newThread(this::run), "thread factory gave no thread");
    }

    /**
     * Starts a notifier, with a thread of its own.
     *
     * @param secondaries whom to notify
     * @param listening where the registry listens, which is where secondaries expect notifications to come from
     * @param nanoClock a monotonic clock
     * @param threads who makes the thread
     * @param trouble is told in one line, on that thread, where a secondary refuses
     * @return what is to be closed
     * @throws IOException if there is no selector to be had
     */
    public static Notifier start(
            Collection<InetSocketAddress> secondaries,
            Supplier<List<InetSocketAddress>> listening,
            LongSupplier nanoClock,
            ThreadFactory threads,
            Consumer<String> trouble)
            throws IOException {
        Notifier notifier = new Notifier(secondaries, listening, nanoClock, threads, trouble);
        notifier.thread.start();
        return notifier;
    }

    /**
     * Takes note of a new zone; never blocks.
     *
     * @param newer the zone's SOA
     */
    public void published(SOARecord newer) {
        tell(() -> {
            soa = newer;
            secondaries.forEach(each -> each.schedule().published(newer.getSerial(), nanoClock.getAsLong()));
        });
    }

    /**
     * Takes note that somebody has been told the zone's serial, who may be a secondary; never blocks.
     *
     * @param asker who asked for it
     * @param serial the serial
     */
    public void seen(IpAddress asker, long serial) {
        if (addresses.contains(asker)) {
            tell(() -> secondaries.stream()
                    .filter(each -> ip(each.address()).equals(asker))
                    .forEach(each -> each.schedule().seen(serial)));
        }
    }

    /** Ends the thread and waits for it; a second call does nothing. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (!thread.equals(Thread.currentThread())) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Runnable what) {
        news.add(what);
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(key -> ((Secondary) key.attachment()).heard(Objects.requireNonNull(soa)), waitMillis());
                for (Runnable next = news.poll(); next != null; next = news.poll()) {
                    next.run();
                }
                notifyThoseDue();
            }
        } catch (IOException e) {
            LOG.error("cannot notify secondaries any more", e);
        } finally {
            secondaries.forEach(Secondary::close);
        }
    }

    private void notifyThoseDue() {
        long now = nanoClock.getAsLong();
        for (Secondary secondary : secondaries) {
            NotifySchedule schedule = secondary.schedule();
            if (soa != null && schedule.dueAt().isPresent() && schedule.dueAt().getAsLong() - now <= 0) {
                schedule.attempted(now);
                secondary.notify(soa, listening.get(), selector);
            }
        }
    }

    /** Returns how long to wait for news; 0 is for ever. */
    private long waitMillis() {
        long now = nanoClock.getAsLong();
        long nanos = Long.MAX_VALUE;
        for (Secondary secondary : secondaries) {
            if (secondary.schedule().dueAt().isPresent()) {
                nanos = Math.min(nanos, secondary.schedule().dueAt().getAsLong() - now);
            }
        }
        return nanos == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
    }

    private static IpAddress ip(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()).unmapped();
    }
}
