package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.server.secondary.Notifier;
import io.wgsd.server.transport.RoleThreads;
import io.wgsd.server.transport.bind.ListenPlan;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.WireGuardException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authoritative DNS server for the endpoints of a WireGuard device's peers.
 *
 * <p>A thread reads the device up to twenty times a second, once where that is dear, and publishes it as an immutable zone; others answer from it, one by TCP and some by UDP, and never wait for WireGuard. While the device cannot be read, the last zone goes on being
 * served. Until it has been read for the first time, every answer is SERVFAIL with the extended error "Not Ready" (RFC
 * 8914).
 *
 * <p>The registry answers its own host, asking from the address that it asks as hosts do, and the device's peers;
 * everybody else is refused unless allowed. A peer is told by its source address. On Linux, with JNA on the class path or
 * among the modules, that counts only in what came out of the tunnel: a source inside the tunnel from anywhere else is
 * forged, and met with silence. Where arrivals cannot be told, {@link Listener#notice} says so, peers by a default route
 * are not known as such, and a firewall has to drop forged sources.
 *
 * <p>Other name servers can carry the zone as its secondaries: {@link RegistryBuilder#allowTransfer} and {@link
 * RegistryBuilder#notifySecondary}. Transfers are incremental (RFC 1995) as far back as the registry remembers what changed, which
 * is as long as that is less than the zone itself and since it was started.
 *
 * <p>Thread-safe.
 */
public final class Registry implements AutoCloseable {

    private final Core core;
    private final @Nullable Listening listening;
    private final DeviceWatcher watcher;
    private final RegistryConfig.Place place;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor, under which nothing is waited for and nobody is told: a listener may call
    // any method.
    private @Nullable Notifier notifier;
    private boolean closed;

    private Registry(
            RegistryConfig.Place place,
            Core core,
            @Nullable Listening listening,
            DeviceWatcher watcher,
            @Nullable Notifier notifier) {
        this.place = place;
        this.core = core;
        this.listening = listening;
        this.watcher = watcher;
        this.notifier = notifier;
    }

    /** Binds the addresses and starts the threads. */
    static Registry start(RegistryConfig config) throws IOException {
        ListenPlan plan = config.listenPlan();
        Core core = new Core(config, System::nanoTime);
        FatalErrors fatalErrors = core.fatalErrors();
        Listening listening = config.listens
                ? Listening.open(
                        plan,
                        config.udp(),
                        config.tcp,
                        core.queries(),
                        fatalErrors.guarding(config.threadFactory),
                        core::notice)
                : null;
        Notifier notifier = null;
        boolean started = false;
        try {
            if (listening != null) {
                fatalErrors.close(listening::close);
                core.listenAt(listening);
                notifier = notifier(config, listening, core);
                core.secondaries().notifyBy(notifier);
            }
            DeviceWatcher watcher = DeviceWatcher.builder(config.source, config.device, core.follower())
                    .interval(config.shortestPause())
                    .longestInterval(config.longestPause())
                    .backoffLimit(Core.RETRY_AT_MOST)
                    .threadFactory(RoleThreads.as(fatalErrors.guarding(config.threadFactory), "device"))
                    .start();
            started = true;
            Registry registry = new Registry(config.place(), core, listening, watcher, notifier);
            fatalErrors.close(registry::close);
            return registry;
        } finally {
            if (!started && listening != null) {
                listening.close();
            }
            if (!started && notifier != null) {
                notifier.close();
            }
        }
    }

    private static @Nullable Notifier notifier(RegistryConfig config, Listening listening, Core core)
            throws IOException {
        if (config.secondaries.isEmpty()) {
            return null;
        }
        return Notifier.start(
                config.secondaries,
                listening::localAddresses,
                System::nanoTime,
                RoleThreads.as(core.fatalErrors().guarding(config.threadFactory), "notify"),
                core::notice);
    }

    /**
     * Begins a registry that listens at the device's own addresses, port 53; at link-local ones of IPv6 where it has no others.
     *
     * @param source where the device is read; it stays the caller's to close
     * @param device the WireGuard device's name, which is also that of its network interface
     * @param zone the zone's name and what it has besides peers; where it gives no address for its name server, the zone
     *     gives those at which the registry listens, of those of a wildcard the device's own only
     * @return a builder
     */
    public static RegistryBuilder builder(PeerSource source, String device, ZoneOptions zone) {
        return new RegistryBuilder(source, device, zone);
    }

    /**
     * Is told what happens to a registry, on the thread that reads the device; no other reading begins before it returns, so that
     * answers become stale meanwhile.
     *
     * <p>What an operator has to know goes to the log where a listener does not say otherwise: a device that cannot be read, once, and
     * notices, as warnings. The other methods do nothing by default. A listener may call all methods of the registry.
     */
    public interface Listener {

        /**
         * Is told once, when the device has been read for the first time, so that there are answers.
         *
         * @param addresses where the registry listens
         */
        default void ready(List<InetSocketAddress> addresses) {}

        /**
         * Is told of each serial that the zone gets, the first one included; answers may have been ahead of it, by half a second
         * or so.
         *
         * @param previous the zone of the serial before; empty for the first one
         * @param current the zone of this serial, which is also what is transferred from now on
         */
        default void zoneChanged(Optional<Zone> previous, Zone current) {}

        /**
         * Is told of each reading of the device that failed.
         *
         * @param error why
         * @param failuresInARow how many have failed since the last that succeeded, this one included
         */
        default void readingFailed(WireGuardException error, int failuresInARow) {
            if (failuresInARow == 1) {
                Unheard.LOG.warn("{}; what was known before is served until it can be read again", error.getMessage());
            }
        }

        /** Is told that the device can be read again, after {@link #readingFailed}. */
        default void readingWorksAgain() {
            Unheard.LOG.info("the device can be read again");
        }

        /**
         * Is told that an error has ended one of the registry's threads, such as for want of memory, and that nothing is answered any
         * more; behind this call the registry closes itself. Comes once at most, on the thread that fails, and is logged in any case.
         *
         * <p>Who embeds a registry may start another one, or end the process, as {@code wgsd registry} does.
         *
         * @param error what has ended the thread
         */
        default void failed(Throwable error) {}

        /** Is told that the settings of {@link Registry#reconfigure} count from now on. */
        default void reconfigured() {}

        /**
         * Is told of what an operator should know: that arrivals cannot be told on this host, that an address cannot be
         * bound any more, that the clock has jumped, or that a secondary refuses to be notified. This one comes on any of the registry's threads.
         *
         * @param line one line: what, where, what to do
         */
        default void notice(String line) {
            Unheard.LOG.warn("{}", line);
        }
    }

    /**
     * Returns where the registry listens.
     *
     * @return addresses and ports, as they are just now; empty once closed, and where it listens nowhere
     */
    public List<InetSocketAddress> localAddresses() {
        return listening == null ? List.of() : listening.localAddresses();
    }

    /**
     * Returns the zone that is served.
     *
     * <p>Its peers may be newer than its serial, by half a second or so: answers follow each change at once, while serials are few.
     *
     * @return the zone; empty until the device has been read for the first time
     */
    public Optional<Zone> zone() {
        return core.zone();
    }

    /**
     * Returns what the registry has done so far.
     *
     * @return the counters as they are just now
     */
    public RegistryStats stats() {
        return core.stats();
    }

    /**
     * Returns how the registry is: whether what it serves is fresh, where it listens, and whether a restart would help.
     *
     * @return the state as it is at that moment
     */
    public RegistryHealth health() {
        return core.health(localAddresses());
    }

    /**
     * Goes on with other settings from the next reading of the device on, without a question lost in between: who may ask and
     * see, keys, signing, secondaries, what is advertised.
     *
     * <p>{@link Listener#reconfigured} is told when they count. Returns at once; the listener, the clock, the threads but the one that
     * notifies, and the poll interval stay as they were. May be called by a listener; does nothing once closed.
     *
     * @param next a builder with the same device, zone and addresses to listen at, which is not started
     * @throws IllegalArgumentException if these are others; then nothing changes, and another registry is needed
     * @throws IOException if secondaries cannot be notified for want of a socket; then nothing changes
     */
    public void reconfigure(RegistryBuilder next) throws IOException {
        RegistryConfig config = next.config();
        if (!config.place().equals(place)) {
            throw new IllegalArgumentException(
                    "the device, the zone and the addresses to listen at stay as they are while a"
                            + " registry runs; close it and start another");
        }
        Settings settings = config.settings(System::nanoTime);
        Notifier newNotifier = listening == null ? null : notifier(config, listening, core);
        Notifier unused;
        synchronized (monitor) {
            if (closed) {
                unused = newNotifier;
            } else {
                unused = notifier;
                notifier = newNotifier;
                core.secondaries().notifyBy(newNotifier);
                core.follower().reconfigure(settings);
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /**
     * Stops reading and answering, frees the addresses, and waits for the threads to end, but for the calling one where a listener
     * calls this; a second call does nothing.
     */
    @Override
    public void close() {
        Notifier last;
        synchronized (monitor) {
            if (closed) {
                return;
            }
            closed = true;
            last = notifier;
        }
        watcher.close();
        if (listening != null) {
            listening.close();
        }
        if (last != null) {
            last.close();
        }
    }
}
