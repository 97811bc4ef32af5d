package io.wgsd.server.secondary;

import io.wgsd.model.IpAddress;
import io.wgsd.server.transport.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SOARecord;

/**
 * Notifies secondaries of each new zone, again and again until each has asked for the serial (RFC 1996). Thread-safe.
 */
public final class Notifier implements AutoCloseable {

    /** How late a repeated NOTIFY may be. */
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final List<Secondary> secondaries;
    private final Set<IpAddress> addresses;
    private final Supplier<List<InetSocketAddress>> listening;
    private final LongSupplier nanoClock;
    private final EventLoop loop;
    /** Which serials clients that may be secondaries have got, until the loop takes note. */
    private final Map<IpAddress, Long> seen = new ConcurrentHashMap<>();

    private @Nullable SOARecord soa;

    private Notifier(
            Collection<NotifyTarget> secondaries,
            Supplier<List<InetSocketAddress>> listening,
            LongSupplier nanoClock,
            ThreadFactory threadFactory,
            Consumer<String> report)
            throws IOException {
        SecureRandom random = new SecureRandom();
        this.secondaries = secondaries.stream()
                .map(target -> new Secondary(target, random, report))
                .toList();
        addresses = secondaries.stream().map(target -> ip(target.address())).collect(Collectors.toUnmodifiableSet());
        this.listening = listening;
        this.nanoClock = nanoClock;
        loop = new EventLoop(threadFactory);
    }

    /**
     * Starts a notifier, with a thread of its own.
     *
     * @param secondaries whom to notify
     * @param listening where the registry listens, which is where secondaries expect notifications to come from
     * @param nanoClock a monotonic clock
     * @param threadFactory who makes the thread
     * @param report gets a line, on that thread, where a secondary refuses
     * @return what is to be closed
     * @throws IOException if there is no selector to be had
     */
    public static Notifier start(
            Collection<NotifyTarget> secondaries,
            Supplier<List<InetSocketAddress>> listening,
            LongSupplier nanoClock,
            ThreadFactory threadFactory,
            Consumer<String> report)
            throws IOException {
        Notifier notifier = new Notifier(secondaries, listening, nanoClock, threadFactory, report);
        notifier.loop.start(PERIOD, notifier::notifyThoseDue);
        return notifier;
    }

    /**
     * Takes note of a new zone; never blocks.
     *
     * @param newer the zone's SOA
     */
    public void published(SOARecord newer) {
        loop.execute(() -> {
            soa = newer;
            secondaries.forEach(each -> each.schedule().published(newer.getSerial(), nanoClock.getAsLong()));
            notifyThoseDue();
        });
    }

    /**
     * Takes note that a client, which may be a secondary, has got the zone's serial; never blocks.
     *
     * @param asker the address that asked for it
     * @param serial the serial
     */
    public void seen(IpAddress asker, long serial) {
        // Anyone can ask in a secondary's name as fast as the network goes: of what was seen only the latest waits.
        if (addresses.contains(asker) && seen.put(asker, serial) == null) {
            loop.execute(() -> {
                Long latest = seen.remove(asker);
                if (latest != null) {
                    secondaries.stream()
                            .filter(each -> ip(each.address()).equals(asker))
                            .forEach(each -> each.schedule().seen(latest));
                }
            });
        }
    }

    /** Ends the thread and waits for it; a second call does nothing. */
    @Override
    public void close() {
        loop.close();
    }

    private void notifyThoseDue() {
        long now = nanoClock.getAsLong();
        for (Secondary secondary : secondaries) {
            NotifySchedule schedule = secondary.schedule();
            if (soa != null && schedule.dueAt().isPresent() && schedule.dueAt().getAsLong() - now <= 0) {
                schedule.attempted(now);
                secondary.notify(soa, listening.get(), loop);
            }
        }
    }

    private static IpAddress ip(InetSocketAddress address) {
        return IpAddress.of(address.getAddress()).unmapped();
    }
}
