package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.IpAddress;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.Response;
import io.wgsd.server.answer.ServedZone;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.answer.access.PeerRoutes;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.quick.QuickResponder;
import io.wgsd.server.answer.quick.QuickViews;
import io.wgsd.server.push.PushHub;
import io.wgsd.server.secondary.Notifier;
import io.wgsd.server.transport.Arrival;
import io.wgsd.server.transport.Client;
import io.wgsd.server.transport.MessageHandler;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.QuickHandler;
import io.wgsd.server.transport.StreamHandler;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.server.zone.ClockJumps;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;
import io.wgsd.server.zone.NameServerAddresses;
import io.wgsd.server.zone.ReadingAge;
import io.wgsd.server.zone.ServerAddresses;
import io.wgsd.server.zone.ViewKeeper;
import io.wgsd.server.zone.ZoneKeeper;
import io.wgsd.server.zone.ZoneNotices;
import io.wgsd.server.zone.ZoneVersion;
import io.wgsd.spi.DeviceWatcher;
import io.wgsd.spi.WireGuardException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is between the device's readings and the answers: one reference to a snapshot, written by the thread that reads
 * and read by those that answer.
 */
final class Core implements MessageHandler, DeviceWatcher.Listener {

    /** A device that comes back is to be noticed within a second, and a failing read costs next to nothing. */
    static final Duration RETRY_AT_MOST = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final long REFRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Responder firstResponder;
    private final ZoneKeeper keeper;
    private final InstantSource clock;
    private final Registry.Listener listener;
    private final LongSupplier nanoClock;
    private final Tally tally = new Tally();
    private final PushHub hub;
    private final FatalErrors failures;
    private final LongAdder polls = new LongAdder();
    private final LongAdder failedPolls = new LongAdder();
    private final Guard guard;
    private final ClockJumps clockWatch;
    private final NameServerAddresses nameServers;
    private final ZoneNotices zoneNotices = new ZoneNotices();
    private final ReadingAge recency;
    /** Whether subscribers are to be told anyway, so that what came in between is told with the rest. */
    private final AtomicBoolean pushing = new AtomicBoolean();

    private volatile @Nullable Snapshot snapshot;
    private final AtomicReference<@Nullable Settings> pending = new AtomicReference<>();
    private volatile @Nullable WireGuardException lastError;
    private volatile @Nullable Notifier notifier;

    // Below here all belongs to the thread that reads.
    private Settings settings;
    private ViewKeeper viewKeeper;
    private @Nullable Device latest;
    private @Nullable ZoneVersion version;
    private final PeerRoutes routes = new PeerRoutes();
    private @Nullable Listening listening;
    private Set<IpAddress> listened = Set.of();
    private long refreshedAt;
    private boolean failing;
    private Freshness toldFreshness = Freshness.FRESH;
    /** Whether something went wrong before the latest reading was published, so that what it changed is not known yet. */
    private boolean unpublished = true;

    Core(RegistryBuilder builder, LongSupplier nanoClock) {
        settings = builder.settings(nanoClock);
        firstResponder = settings.responder();
        clock = builder.clock;
        viewKeeper = viewKeeper();
        keeper =
                new ZoneKeeper(settings.zoneSettings(), builder.previousSerial, builder.clock, nanoClock, this::notice);
        listener = builder.listener;
        failures = new FatalErrors(listener::failed);
        guard = new Guard(failures::report);
        hub = new PushHub(settings.zoneSettings().options().names(), this::pushable);
        this.nanoClock = nanoClock;
        clockWatch = new ClockJumps(clock, nanoClock);
        nameServers = NameServerAddresses.ofThisHost(builder.listen, builder.device);
        recency = new ReadingAge(
                nanoClock, builder.longestPause().multipliedBy(2).plus(RETRY_AT_MOST), settings.staleLimit());
    }

    /** Says where the registry listens, before anything is read. */
    void listenAt(Listening where) {
        listening = where;
    }

    /** Returns what ends the registry where a thread of it cannot go on. */
    FatalErrors failures() {
        return failures;
    }

    /** Says who is told of new zones. */
    void notifyBy(@Nullable Notifier whom) {
        notifier = whom;
    }

    @Override
    public byte @Nullable [] answer(byte[] message, QuerySource asker) {
        return reply(message, asker).message();
    }

    @Override
    public QuickHandler quick(Arrival arrival) {
        return new Quick(new QuickResponder(arrival));
    }

    private final class Quick implements QuickHandler {

        private final QuickResponder responder;

        Quick(QuickResponder responder) {
            this.responder = responder;
        }

        @Override
        public int answer(byte[] message, int length, long high, long low, byte[] response) {
            Snapshot now = snapshot;
            if (now == null || recency.freshness() != Freshness.FRESH) {
                return 0;
            }
            int answered = responder.answer(
                    message, length, high, low, now.responder(), now.quick(), now.policy(), now.number(), response);
            if (answered > 0) {
                tally.count(responder.outcome());
            }
            return answered;
        }

        @Override
        public void expect(byte[][] heads, int count) {
            responder.expect(heads, count);
        }
    }

    @Override
    public Iterator<byte[]> answerStream(byte[] message, QuerySource asker) {
        return reply(message, asker).messages();
    }

    @Override
    public StreamHandler open(QuerySource asker, PushChannel outlet) {
        return hub.open(asker, outlet, new Questions(message -> reply(message, asker)));
    }

    @Override
    public Client client(QuerySource asker) {
        Snapshot now = snapshot;
        Grant grant = now == null ? Grant.REFUSAL : now.policy().grant(asker.address(), asker.arrival());
        return grant.client(asker.address());
    }

    /** Returns what an asker may be told of without asking: peers, and this host, all that they see. */
    private Optional<Zone> pushable(QuerySource asker) {
        Snapshot now = snapshot;
        if (now == null || recency.freshness() == Freshness.EXPIRED) {
            return Optional.empty();
        }
        Grant grant = now.policy().grant(asker.address(), asker.arrival());
        return grant.known() && grant.access().compareTo(Access.EVERYTHING) >= 0
                ? Optional.of(now.views().of(grant).zone())
                : Optional.empty();
    }

    private Response reply(byte[] message, QuerySource asker) {
        Snapshot now = snapshot;
        Grant grant = now == null ? Grant.REFUSAL : now.policy().grant(asker.address(), asker.arrival());
        Responder responder = now == null ? firstResponder : now.responder();
        Response reply;
        try {
            reply = responder.respond(
                    message, now == null ? null : new ServedZone(now.views(), recency.freshness()), grant, asker);
        } catch (RuntimeException e) {
            LOG.error("cannot answer a message of {} bytes", message.length, e);
            reply = responder.failure(message, grant, asker);
        }
        tally.count(reply.outcome());
        Notifier told = notifier;
        if (told != null) {
            reply.serial().ifPresent(serial -> told.seen(asker.address(), serial));
        }
        return reply;
    }

    /** Takes other settings over with the next reading, whether that fails or not. */
    void reconfigure(Settings next) {
        pending.set(next);
    }

    @Override
    public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
        polls.increment();
        long readAt = nanoClock.getAsLong();
        guard.run("making a zone", () -> {
            boolean anew = failing || unpublished;
            begin();
            refresh(failing);
            boolean back = failing;
            failing = false;
            latest = current;
            routes.follow(current, difference, anew);
            clockWatch.look().ifPresent(this::notice);
            List<Runnable> news = publish(current, true, anew || !difference.isEmpty());
            recency.renew(readAt);
            unpublished = false;
            freshened();
            news.forEach(this::tell);
            if (back) {
                tell(listener::readingWorksAgain);
            }
        });
    }

    @Override
    public void failed(WireGuardException error, int failuresInARow) {
        if (error.getCause() instanceof VirtualMachineError fatal) {
            failures.report(fatal);
        }
        polls.increment();
        failedPolls.increment();
        lastError = error;
        failing = true;
        LOG.debug("reading failed for the {}. time in a row: {}", failuresInARow, error.getMessage());
        guard.run("looking after sockets", () -> refresh(false));
        guard.run("serving what is known", () -> {
            Device known = latest;
            clockWatch.look().ifPresent(this::notice);
            if (known != null && snapshot != null && (unpublished || pending.get() != null || isSignatureDue())) {
                begin();
                List<Runnable> news = publish(known, false, false);
                unpublished = false;
                news.forEach(this::tell);
            }
            freshened();
        });
        tell(() -> listener.readingFailed(error, failuresInARow));
    }

    /** Hands a line on to the listener. */
    void notice(String line) {
        tell(() -> listener.notice(line));
    }

    Optional<Zone> zone() {
        return Optional.ofNullable(snapshot).map(Snapshot::zone);
    }

    RegistryStats stats() {
        return new RegistryStats(
                tally, polls.sum(), failedPolls.sum(), lastError, snapshot == null ? null : recency.age());
    }

    private void begin() {
        if (unpublished) {
            keeper.remake();
        }
        unpublished = true;
    }

    private boolean isSignatureDue() {
        return keeper.isSignatureDue() || viewKeeper.isDue();
    }

    /** Serves what a reading says, or what else is new while there is none, and returns what the listener is to be told once that is done. */
    private List<Runnable> publish(Device device, boolean read, boolean changed) {
        Settings next = takeOverSettings();
        Snapshot before = snapshot;
        List<InetSocketAddress> addresses = listening == null ? List.of() : listening.localAddresses();
        List<IpAddress> reachable = nameServers.of(addresses);
        Optional<ZoneVersion> newZone =
                read ? keeper.update(device, changed, reachable) : keeper.update(device, reachable);
        Set<IpAddress> own = ServerAddresses.of(addresses);
        if (before == null || newZone.isPresent() || changed || !own.equals(listened) || viewKeeper.isDue()) {
            listened = own;
            Views<Journal> views = views(before, newZone, device);
            replace(new Snapshot(
                    before == null ? 0 : before.number() + 1,
                    settings.responder(),
                    views,
                    before != null && before.views() == views
                            ? before.quick()
                            : QuickViews.of(views, before == null ? null : before.quick()),
                    settings.policy(routes.current(), own)));
        }
        List<Runnable> news = new ArrayList<>();
        if (before == null) {
            news.add(() -> listener.ready(addresses));
            arrivalNotice().ifPresent(line -> news.add(() -> listener.notice(line)));
        }
        newZone.filter(ZoneVersion::numbered).map(ZoneVersion::zone).ifPresent(zone -> {
            LOG.debug("serving {}", zone);
            if (notifier != null) {
                notifier.published(zone.soa());
            }
            Optional<Zone> numberedBefore = Optional.ofNullable(before).map(Snapshot::numbered);
            news.add(() -> listener.zoneChanged(numberedBefore, zone));
            if (listening != null) {
                zoneNotices.of(zone).forEach(line -> news.add(() -> listener.notice(line)));
            }
        });
        // Others may have come since; and those that do not get as far as this are taken over again.
        if (next != null) {
            pending.compareAndSet(next, null);
            news.add(listener::reconfigured);
        }
        return news;
    }

    private @Nullable Settings takeOverSettings() {
        Settings next = pending.get();
        if (next != null) {
            settings = next;
            viewKeeper = viewKeeper();
            keeper.reconfigure(next.zoneSettings());
            recency.limit(next.staleLimit());
        }
        return next;
    }

    private ViewKeeper viewKeeper() {
        return new ViewKeeper(settings.visibility(), settings.zoneSettings().signatures(), clock);
    }

    private void replace(Snapshot next) {
        snapshot = next;
        push();
    }

    /** Has subscribers be told of what is new, or that there is nothing to rely on any more. */
    private void push() {
        Listening where = listening;
        if (where != null && pushing.compareAndSet(false, true)) {
            where.onStreams(() -> {
                pushing.set(false);
                hub.update();
            });
        }
    }

    private void freshened() {
        Freshness now = recency.freshness();
        if (now != toldFreshness) {
            toldFreshness = now;
            push();
        }
    }

    private Views<Journal> views(@Nullable Snapshot before, Optional<ZoneVersion> newer, Device device) {
        if (before != null && newer.isEmpty() && !viewKeeper.isDue()) {
            return before.views();
        }
        version = newer.orElse(version);
        boolean number = newer.map(ZoneVersion::numbered).orElse(true);
        return viewKeeper.views(Objects.requireNonNull(version), device.publicKey(), number);
    }

    private void refresh(boolean atOnce) {
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

    private void tell(Runnable news) {
        guard.run("telling the registry's listener", news);
    }
}
