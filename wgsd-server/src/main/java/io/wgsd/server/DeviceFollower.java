package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.server.answer.Refusals;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.server.zone.ClockJumps;
import io.wgsd.server.zone.ZoneNotices;
import io.wgsd.server.zone.ZoneVersion;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.WireGuardException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread that reads the device does: it puts what each reading says into service, and continues with what is
 * known while there is none.
 */
final class DeviceFollower implements DeviceWatcher.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceFollower.class);
    private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Current current;
    private final PushGate push;
    private final Secondaries secondaries;
    private final Refusals refusals;
    private final FatalErrors fatalErrors;
    private final Guard guard;
    private final ListenerCalls listener;
    private final LongSupplier nanoClock;
    private final ReadingTally readings;
    private volatile PeerNames namesOfMembers = PeerNames.none();
    private final AtomicReference<@Nullable Settings> pending = new AtomicReference<>();

    // Below here all belongs to the thread that reads.
    private final ClockJumps clockJumps;
    private final ZoneNotices zoneNotices = new ZoneNotices();
    private final SnapshotMaker maker;
    private @Nullable Device latest;
    private @Nullable Listening listening;
    private long refreshedAt;
    private boolean failing;
    /**
     * Whether something went wrong before the latest reading was published, so that what it changed is not known yet.
     */
    private boolean unpublished = true;

    DeviceFollower(
            RegistryConfig config,
            Settings settings,
            Current current,
            PushGate push,
            Secondaries secondaries,
            Refusals refusals,
            FatalErrors fatalErrors,
            ReadingTally readings,
            LongSupplier nanoClock) {
        this.current = current;
        this.push = push;
        this.secondaries = secondaries;
        this.refusals = refusals;
        this.fatalErrors = fatalErrors;
        this.readings = readings;
        this.nanoClock = nanoClock;
        guard = new Guard(fatalErrors::report);
        listener = new ListenerCalls(config.listener, guard);
        clockJumps = new ClockJumps(config.clock, nanoClock);
        maker = new SnapshotMaker(config, settings, nanoClock, listener::notice);
    }

    /** Says where the registry listens, before anything is read. */
    void listenAt(Listening where) {
        listening = where;
    }

    ListenerCalls listener() {
        return listener;
    }

    /** Takes over what a network's owner calls its members, with the next reading. */
    void nameMembers(PeerNames names) {
        namesOfMembers = names;
    }

    /** Takes over other settings with the next reading, whether that fails or not. */
    void reconfigure(Settings next) {
        pending.set(next);
    }

    @Override
    public void read(Optional<Device> previous, Device device, DeviceDifference difference) {
        long readAt = nanoClock.getAsLong();
        readings.succeeded(readAt);
        guard.run("making a zone", () -> {
            boolean anew = failing || unpublished;
            begin();
            refresh(failing);
            boolean back = failing;
            failing = false;
            latest = device;
            maker.nameMembers(namesOfMembers);
            maker.follow(device, difference, anew);
            clockJumps.look().ifPresent(listener::notice);
            List<Consumer<Registry.Listener>> news = publish(device, true, anew || !difference.isEmpty());
            current.age().renew(readAt);
            unpublished = false;
            push.updateIfFreshnessChanged();
            news.forEach(listener::call);
            if (back) {
                listener.call(Registry.Listener::readingWorksAgain);
            }
        });
    }

    @Override
    public void failed(WireGuardException error, int failuresInARow) {
        if (error.getCause() instanceof VirtualMachineError fatal) {
            fatalErrors.report(fatal);
        }
        readings.failed(error, nanoClock.getAsLong());
        failing = true;
        LOG.debug("reading failed for the {}. time in a row: {}", failuresInARow, error.getMessage());
        guard.run("looking after sockets", () -> refresh(false));
        guard.run("serving what is known", () -> {
            Device known = latest;
            clockJumps.look().ifPresent(listener::notice);
            boolean due = unpublished || pending.get() != null || maker.isSignatureDue();
            if (known != null && current.snapshot() != null && due) {
                begin();
                List<Consumer<Registry.Listener>> news = publish(known, false, false);
                unpublished = false;
                news.forEach(listener::call);
            }
            push.updateIfFreshnessChanged();
        });
        listener.call(each -> each.readingFailed(error, failuresInARow));
    }

    private void begin() {
        if (unpublished) {
            maker.remake();
        }
        unpublished = true;
    }

    /**
     * Puts into service what a reading says, or what else is new while there is none, and returns what the listener
     * hears of it then.
     */
    private List<Consumer<Registry.Listener>> publish(Device device, boolean read, boolean changed) {
        Settings next = pending.get();
        if (next != null) {
            maker.reconfigure(next);
            current.age().limit(next.staleLimit());
        }
        Snapshot before = current.snapshot();
        List<InetSocketAddress> addresses = listening == null ? List.of() : listening.localAddresses();
        SnapshotMaker.Made made = maker.make(device, read, changed, addresses);
        if (made.replaces()) {
            current.replace(made.snapshot());
            push.update();
        }
        List<Consumer<Registry.Listener>> news = new ArrayList<>();
        if (before == null) {
            news.add(each -> each.ready(addresses));
            arrivalNotice().ifPresent(line -> news.add(each -> each.problem(line)));
        }
        made.version()
                .filter(ZoneVersion::numbered)
                .ifPresent(version -> news.addAll(numbered(before, version.zone())));
        // Others may have come since; and those that do not get as far as this are taken over again.
        if (next != null) {
            pending.compareAndSet(next, null);
            news.add(Registry.Listener::reconfigured);
        }
        return news;
    }

    /** Tells secondaries of a zone with another serial, and returns what the listener hears of it. */
    private List<Consumer<Registry.Listener>> numbered(@Nullable Snapshot before, Zone zone) {
        LOG.debug("serving {}", zone);
        secondaries.published(zone.soa());
        List<Consumer<Registry.Listener>> news = new ArrayList<>();
        Optional<Zone> numberedBefore = Optional.ofNullable(before).map(Snapshot::numbered);
        news.add(each -> each.zoneChanged(numberedBefore, zone));
        if (listening != null) {
            zoneNotices.of(zone).forEach(line -> news.add(each -> each.problem(line)));
        }
        return news;
    }

    private void refresh(boolean atOnce) {
        refusals.sweep();
        long now = nanoClock.getAsLong();
        if (listening != null && (atOnce || now - refreshedAt >= REFRESH_NANOS)) {
            refreshedAt = now;
            listening.refresh();
        }
    }

    private Optional<String> arrivalNotice() {
        return Optional.ofNullable(listening)
                .flatMap(Listening::obstacleToArrival)
                .map(obstacle -> "cannot tell through which interface queries arrive, since " + obstacle
                        + "; so a peer is known by its allowed IPs without default routes, and a firewall has to drop what"
                        + " has a source inside the tunnel but comes from elsewhere");
    }
}
