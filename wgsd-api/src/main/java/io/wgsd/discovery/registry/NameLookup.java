package io.wgsd.discovery.registry;

import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks a host's name up again and again without blocking the caller: one look-up at a time, on a thread of its own,
 * since the system's resolver may block for long if its servers are down.
 *
 * <p>For one thread, except the one that it starts.
 */
public final class NameLookup {

    /** The Java runtime caches answers longer than this, and failures twice as long. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String host;
    private final Resolver resolver;
    private final ThreadFactory threadFactory;
    private final AtomicReference<@Nullable Result> result = new AtomicReference<>();
    private boolean running;
    private @Nullable Moment began;

    NameLookup(String host, Resolver resolver, ThreadFactory threadFactory) {
        this.host = host;
        this.resolver = resolver;
        this.threadFactory = threadFactory;
    }

    /** Resolves names; may block. */
    @FunctionalInterface
    public interface Resolver {

        /** Returns all addresses of a host, best first. */
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * The result of a look-up.
     *
     * @param addresses the host's addresses; none where it failed
     * @param failure why it failed; empty where it did not
     */
    record Result(List<IpAddress> addresses, Optional<String> failure) {}

    /**
     * Begins a look-up, unless one is under way or the last one was less than five seconds ago; calls {@code wake} when
     * it ends.
     */
    void begin(Moment at, Runnable wake) {
        Moment last = began;
        if (running || (last != null && at.since(last).compareTo(PAUSE) < 0)) {
            return;
        }
        began = at;
        running = true;
        boolean started = false;
        try {
            Objects.requireNonNull(
                            threadFactory.newThread(() -> {
                                result.set(resolve());
                                wake.run();
                            }),
                            "the thread factory made no thread")
                    .start();
            started = true;
        } finally {
            running = started;
        }
    }

    /** Returns the result of the latest look-up, once. */
    Optional<Result> take() {
        Optional<Result> taken = Optional.ofNullable(result.getAndSet(null));
        running &= taken.isEmpty();
        return taken;
    }

    private Result resolve() {
        try {
            List<IpAddress> addresses = new ArrayList<>();
            for (InetAddress address : resolver.resolve(host)) {
                addresses.add(IpAddress.of(address));
            }
            return new Result(List.copyOf(addresses), Optional.empty());
        } catch (UnknownHostException | RuntimeException e) {
            return new Result(
                    List.of(),
                    Optional.of("the name " + host
                            + " cannot be resolved now; check its spelling, and this host's resolver"));
        }
    }
}
