package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.server.answer.ServedMembers;
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
 * <p>One thread reads the device and makes an immutable zone of it: up to twenty times a second, or once a second if
 * reading takes long. Other threads answer from that zone, one by TCP and several by UDP. They never wait for
 * WireGuard. While the device cannot be read, the last zone is still served. Until it has been read for the first time,
 * every answer is SERVFAIL with the extended error "Not Ready" (RFC 8914).
 *
 * <p>The registry answers its own host and the device's peers, and refuses everybody else unless they are allowed. It
 * knows a peer by its source address. On Linux, with JNA on the class path or among the modules, a peer's address
 * counts only in messages that came out of the tunnel: from anywhere else it is forged, and the message is dropped.
 * Elsewhere the registry cannot tell how messages arrive and {@link Listener#problem} reports that; then peers with a
 * default route are not known as peers, and a firewall has to drop forged sources.
 *
 * <p>Other name servers can carry the zone as its secondaries: {@link RegistryBuilder#allowTransfer} and {@link
 * RegistryBuilder#notifySecondary}. Transfers are incremental (RFC 1995) as far back as the registry remembers changes:
 * since it was started, and as long as they are smaller than the zone itself.
 *
 * <p>Thread-safe.
 */
public final class Registry implements AutoCloseable {

    private final Core core;
    private final @Nullable Listening listening;
    private final DeviceWatcher watcher;
    private final RegistryConfig.Place place;
    private final Object monitor = new Object();
    // Below here all belongs to the monitor, under which nothing waits and no listener is called: a listener may call
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
        Core core = new Core(config, config.clock::nanos);
        FatalErrors fatalErrors = core.fatalErrors();
        Listening listening = config.serves
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
     * Begins a registry that listens at the device's own addresses, port 53. It uses link-local IPv6 addresses only
     * where the device has no others.
     *
     * @param source where the device is read; it stays the caller's to close
     * @param device the WireGuard device's name, which is also that of its network interface
     * @param zone the zone's name and what it has besides peers. If it gives no address for its name server, the zone
     *     gives the addresses at which the registry listens; of a wildcard's, only the device's own
     * @return a builder
     */
    public static RegistryBuilder builder(PeerSource source, String device, ZoneOptions zone) {
        return new RegistryBuilder(source, device, zone);
    }

    /**
     * Listens to what happens to a registry. It is called on the thread that reads the device: no reading begins before
     * it returns, and answers become stale meanwhile.
     *
     * <p>By default, what an operator has to know is logged: that the device cannot be read, once, and problems, as
     * warnings, and who is refused. The other methods do nothing by default. A listener may call all methods of the registry.
     */
    public interface Listener {

        /**
         * Called once, when the device has been read for the first time, so that there are answers.
         *
         * @param addresses where the registry listens
         */
        default void ready(List<InetSocketAddress> addresses) {}

        /**
         * Called for each serial that the zone gets, the first one included. Answers may have been ahead of it by about
         * half a second.
         *
         * @param previous the zone of the serial before; empty for the first one
         * @param current the zone of this serial, which is also what is transferred from now on
         */
        default void zoneChanged(Optional<Zone> previous, Zone current) {}

        /**
         * Called for each reading of the device that failed.
         *
         * @param error why
         * @param failuresInARow how many have failed since the last that succeeded, this one included
         */
        default void readingFailed(WireGuardException error, int failuresInARow) {
            if (failuresInARow == 1) {
                Unheard.LOG.warn("{}; the last reading is served until it can be read again", error.getMessage());
            }
        }

        /** Called when the device can be read again, after {@link #readingFailed}. */
        default void readingWorksAgain() {
            Unheard.LOG.info("the device can be read again");
        }

        /**
         * Called when an error, such as an {@code OutOfMemoryError}, has ended one of the registry's threads. Nothing
         * is answered any more, and after this call the registry closes itself. It is called once at most, on the
         * thread that fails; the error is logged in any case.
         *
         * <p>An application may start another registry, or end the process, as {@code wgsd registry} does.
         *
         * @param error what has ended the thread
         */
        default void ended(Throwable error) {}

        /** Called when the settings of {@link Registry#reconfigure} have taken effect. */
        default void reconfigured() {}

        /**
         * Called with what an operator should know: that this host cannot tell how messages arrive, that an address
         * cannot be bound any more, that the clock has jumped, or that a secondary refuses to be notified. This method
         * is called on any of the registry's threads.
         *
         * @param line one line: what, where, what to do
         */
        default void problem(String line) {
            Unheard.LOG.warn("{}", line);
        }

        /**
         * Called when a client was refused what it asked for, has signed badly, or has forged its source: at once for
         * the first time, and then once a minute for each client, with the number of those left out. Clients that are
         * too many are reported together. This method is called on any of the registry's threads, and is to return
         * soon: clients wait for it.
         *
         * @param line one line: who asked, for what, and why it is refused; names in it were chosen by the client
         */
        default void refused(String line) {
            Unheard.LOG.warn("{}", line);
        }
    }

    /**
     * Returns where the registry listens.
     *
     * @return the addresses and ports that are bound at this moment; empty once closed, and where it listens nowhere
     */
    public List<InetSocketAddress> localAddresses() {
        return listening == null ? List.of() : listening.localAddresses();
    }

    /**
     * Returns what peers are called.
     *
     * @return the names that {@link RegistryBuilder#names} and {@link #serveMembers} give; none until the device has
     *     been read for the first time
     */
    public PeerNames names() {
        return core.names();
    }

    /**
     * Returns the zone that is served.
     *
     * <p>Its peers may be newer than its serial by about half a second: answers follow each change at once, while
     * serials are few.
     *
     * @return the zone; empty until the device has been read for the first time
     */
    public Optional<Zone> zone() {
        return core.zone();
    }

    /**
     * Returns what the registry has done so far.
     *
     * @return the counters as they are at this moment
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
     * Takes over other settings with the next reading of the device, without losing a query: who may ask and see, keys,
     * signing, secondaries, and what is advertised.
     *
     * <p>{@link Listener#reconfigured} is called when they have taken effect. Returns at once. The listener, the clock,
     * the poll interval and all threads but the one that notifies stay as they were. A listener may call this. It does
     * nothing once closed.
     *
     * @param next a builder with the same device, zone and addresses to listen at, which is not started
     * @throws IllegalArgumentException if these are others; then nothing changes, and another registry is needed
     * @throws IOException if no socket can be opened to notify secondaries; then nothing changes
     */
    public void reconfigure(RegistryBuilder next) throws IOException {
        RegistryConfig config = next.config();
        if (!config.place().equals(place)) {
            throw new IllegalArgumentException(
                    "the device, the zone and the addresses to listen at stay as they are while a"
                            + " registry runs; close it and start another");
        }
        Settings settings = config.settings(core.clock()::nanos, core.heard());
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
     * Serves what a network's owner has signed, as the zone {@code members} below the registry's, to the members, to
     * this host, and to holders of a TSIG key. Those that subscribed to its SOA are told (RFC 8765).
     *
     * <p>The zone then has the members' names too, as far as {@link RegistryBuilder#names} leaves out the key and the name.
     * Until the first call such questions are answered with SERVFAIL. Returns at once.
     *
     * @param network what the owner has signed, newer than what is served, or the same
     * @return whether it is another one than before
     * @throws UnfitZoneException by {@code ZoneRule.SERIAL} where it is not newer; then nothing changes
     * @throws IllegalArgumentException if it is another zone's, or the registry's zone does not delegate it
     *     ({@link ZoneOptions.Builder#members})
     */
    public boolean serveMembers(VerifiedNetwork network) throws UnfitZoneException {
        synchronized (monitor) {
            ServedMembers before = core.members();
            if (before == null) {
                throw new IllegalArgumentException("the zone of this registry has no members; see ZoneOptions.members");
            }
            if (before.network().isPresent()) {
                network.requireFollows(before.network().get());
                if (network.isSameZoneAs(before.network().get())) {
                    return false;
                }
            }
            core.serve(before.next(network));
            core.follower().nameMembers(PeerNames.of(network.network()));
            return true;
        }
    }

    /**
     * Stops reading and answering, frees the addresses, and waits for the threads to end. It does not wait for the
     * calling thread where a listener calls it. A second call does nothing.
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
