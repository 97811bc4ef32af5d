package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.internal.Durations;
import io.wgsd.spi.NetworkChanges;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to an agent at once that interfaces, addresses or routes have changed, on a thread of its own. Where the
 * system reports no changes, it checks a few times a second whether the registries are reached from another address.
 *
 * <p>A network that comes up changes in many steps within some milliseconds, and a router's routes may change all day
 * long: the first change is reported at once, and later ones at growing intervals. Thread-safe.
 */
public final class NetworkWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);

    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(40);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Routes routes;
    private final String device;
    private final List<InetSocketAddress> servers;
    private final Runnable changed;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable NetworkChanges changes;

    /**
     * Makes a watch that does nothing yet.
     *
     * @param servers the registries
     * @param changed is run, on the watch's thread, after each change
     */
    public NetworkWatch(Routes routes, String device, List<InetSocketAddress> servers, Runnable changed) {
        this.routes = routes;
        this.device = device;
        this.servers = servers;
        this.changed = changed;
    }

    public void start(ThreadFactory threadFactory) {
        threadFactory.newThread(this::run).start();
    }

    /** Ends the thread, and does not wait for it. */
    @Override
    public void close() {
        NetworkChanges open;
        synchronized (this) {
            closing.countDown();
            open = changes;
        }
        if (open != null) {
            open.close();
        }
    }

    private void run() {
        try {
            follow(routes.changes().orElseGet(() -> new PolledChanges(routes, device, servers)));
        } catch (IOException e) {
            LOG.debug("changes of the network are no longer reported: {}", e.getMessage());
            try {
                follow(new PolledChanges(routes, device, servers));
            } catch (IOException again) {
                LOG.debug("changes of the network cannot be seen: {}", again.getMessage());
            }
        }
    }

    private void follow(NetworkChanges following) throws IOException {
        synchronized (this) {
            changes = following;
        }
        try (following) {
            Duration pause = LEAST_PAUSE;
            // What happened before this was opened is not reported.
            boolean news = true;
            while (!isClosedWithin(Duration.ZERO)) {
                if (news) {
                    changed.run();
                    if (isClosedWithin(pause)) {
                        return;
                    }
                    news = following.await(Duration.ZERO);
                    pause = news ? Durations.min(pause.multipliedBy(2), LONGEST_PAUSE) : LEAST_PAUSE;
                } else {
                    news = following.await(FOREVER);
                }
            }
        }
    }

    private boolean isClosedWithin(Duration time) {
        boolean interrupted = false;
        long end = System.nanoTime() + time.toNanos();
        try {
            while (true) {
                try {
                    return closing.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // Only close() ends it.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
