package io.wgsd.server;

import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.access.PeerRoutes;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.quick.QuickAnswers;
import io.wgsd.server.answer.quick.QuickViews;
import io.wgsd.server.zone.Journal;
import io.wgsd.server.zone.NameServerAddresses;
import io.wgsd.server.zone.ServerAddresses;
import io.wgsd.server.zone.ViewKeeper;
import io.wgsd.server.zone.ZoneKeeper;
import io.wgsd.server.zone.ZoneVersion;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Makes of readings, settings and addresses what is served. Used on the thread that reads only. */
final class SnapshotMaker {

    private final InstantSource clock;
    private final ZoneKeeper keeper;
    private final NameServerAddresses nameServers;
    private final PeerRoutes routes = new PeerRoutes();
    private Settings settings;
    private ViewKeeper viewKeeper;
    private @Nullable ZoneVersion version;
    private @Nullable Snapshot latest;
    private Set<IpAddress> listened = Set.of();

    SnapshotMaker(RegistryConfig config, Settings settings, LongSupplier nanoClock, Consumer<String> notice) {
        this.settings = settings;
        clock = config.clock;
        viewKeeper = viewKeeper();
        keeper = new ZoneKeeper(settings.zoneSettings(), config.previousSerial, clock, nanoClock, notice);
        nameServers = NameServerAddresses.ofThisHost(config.listen, config.device);
    }

    /**
     * What there is to serve.
     *
     * @param snapshot what is served from now on
     * @param replaces whether that is another one than before
     * @param version the zone, where it is a new one
     */
    record Made(Snapshot snapshot, boolean replaces, Optional<ZoneVersion> version) {}

    void reconfigure(Settings next) {
        settings = next;
        viewKeeper = viewKeeper();
        keeper.reconfigure(next.zoneSettings());
    }

    /** Makes the next zone from the start, because what was made last was never served. */
    void remake() {
        keeper.remake();
    }

    /** Takes over what a network's owner calls its members, from the next reading on. */
    void nameMembers(PeerNames names) {
        keeper.nameMembers(names);
    }

    void follow(Device device, DeviceDifference difference, boolean anew) {
        routes.follow(device, difference, anew);
    }

    boolean isSignatureDue() {
        return keeper.isSignatureDue() || viewKeeper.isDue();
    }

    /**
     * Makes what is to be served.
     *
     * @param device the latest reading
     * @param read whether that was made now
     * @param changed whether it differs from the one before
     * @param addresses where the registry listens
     */
    Made make(Device device, boolean read, boolean changed, List<InetSocketAddress> addresses) {
        List<IpAddress> reachable = nameServers.of(addresses);
        Optional<ZoneVersion> newer =
                read ? keeper.update(device, changed, reachable) : keeper.update(device, reachable);
        Set<IpAddress> own = ServerAddresses.of(addresses);
        Snapshot before = latest;
        if (before != null
                && newer.isEmpty()
                && !changed
                && own.equals(listened)
                && before.names().equals(keeper.names())
                && !viewKeeper.isDue()) {
            return new Made(before, false, newer);
        }
        listened = own;
        Views<Journal> views = views(before, newer, device);
        Snapshot made = new Snapshot(
                before == null ? 0 : before.number() + 1,
                settings.responder(),
                views,
                quick(before, views),
                settings.policy(routes.current(), own),
                device,
                keeper.names());
        latest = made;
        return new Made(made, true, newer);
    }

    /** Makes the usual answers again only if the views are not the very same. */
    @SuppressWarnings("ReferenceEquality")
    private static Views<QuickAnswers> quick(@Nullable Snapshot before, Views<Journal> views) {
        if (before == null) {
            return QuickViews.of(views, null);
        }
        return before.views() == views ? before.quick() : QuickViews.of(views, before.quick());
    }

    private Views<Journal> views(@Nullable Snapshot before, Optional<ZoneVersion> newer, Device device) {
        if (before != null && newer.isEmpty() && !viewKeeper.isDue()) {
            return before.views();
        }
        version = newer.orElse(version);
        boolean number = newer.map(ZoneVersion::numbered).orElse(true);
        return viewKeeper.views(Objects.requireNonNull(version), device.publicKey(), number);
    }

    private ViewKeeper viewKeeper() {
        return new ViewKeeper(
                settings.visibility(),
                settings.outsiders().mayEnumerate(),
                settings.zoneSettings().signatures(),
                clock);
    }
}
