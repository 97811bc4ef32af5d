package io.wgsd.discovery.route;

import io.wgsd.discovery.Routes;
import io.wgsd.internal.Durations;
import io.wgsd.model.IpAddress;
import io.wgsd.spi.NetworkChanges;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Finds changes of the network where the system does not report them: five times a second it checks from which address
 * each registry is reached, which costs some microseconds, no matter how many interfaces there are.
 */
public final class PolledChanges implements NetworkChanges {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Routes routes;
    private final String device;
    private final List<InetSocketAddress> servers;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Map<InetSocketAddress, IpAddress> known;

    public PolledChanges(Routes routes, String device, Collection<InetSocketAddress> servers) {
        this.routes = routes;
        this.device = device;
        this.servers = List.copyOf(servers);
        known = sources();
    }

    @Override
    public boolean await(Duration atMost) {
        long begun = System.nanoTime();
        while (true) {
            Map<InetSocketAddress, IpAddress> now = sources();
            if (!now.equals(known)) {
                known = now;
                return true;
            }
            Duration left = atMost.minusNanos(System.nanoTime() - begun);
            if (left.isNegative() || left.isZero() || isClosedWithin(Durations.min(left, LOOK))) {
                return false;
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }

    private Map<InetSocketAddress, IpAddress> sources() {
        return routes.sources(servers.stream()
                .map(server -> new InetSocketAddress(
                        routes.onLink(device, IpAddress.of(server.getAddress())), server.getPort()))
                .toList());
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
