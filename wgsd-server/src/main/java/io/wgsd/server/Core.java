package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.members.MembersZone;
import io.wgsd.members.PeerNames;
import io.wgsd.model.TimeSource;
import io.wgsd.server.answer.Refusals;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.ServedMembers;
import io.wgsd.server.candidate.CandidateBook;
import io.wgsd.server.candidate.HeardSources;
import io.wgsd.server.transport.bind.Listening;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.ReadingAge;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a registry has besides sockets and threads: the path of queries, what the thread that reads does, and the gate
 * of push, with what they share.
 */
final class Core {

    /** A device that comes back is to be noticed within a second, and a failing read costs next to nothing. */
    static final Duration RETRY_AT_MOST = Duration.ofSeconds(1);

    /** Longer than any source takes for a reading that is going to end by itself. */
    private static final Duration STUCK_AFTER = Duration.ofMinutes(2);

    private final Current current;
    private final PushGate push;
    private final HeardSources heard;
    private final QueryPath queries;
    private final DeviceFollower follower;
    private final Secondaries secondaries = new Secondaries();
    private final FatalErrors fatalErrors;
    private final Tally tally = new Tally();
    private final ReadingTally readings;
    private final TimeSource clock;
    private final LongSupplier nanoClock;
    private final Duration longestGap;

    Core(RegistryConfig config, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        clock = config.clock;
        longestGap = config.longestPause().multipliedBy(2).plus(RETRY_AT_MOST);
        heard = new HeardSources(nanoClock);
        Settings settings = config.settings(nanoClock, heard);
        Responder firstResponder = settings.responder();
        current = new Current(new ReadingAge(nanoClock, longestGap, settings.staleLimit()));
        push = new PushGate(config.zone.names(), current);
        Refusals refusals = new Refusals(nanoClock, this::refused);
        queries = new QueryPath(
                firstResponder,
                current,
                push,
                secondaries,
                new CandidateBook(nanoClock),
                heard,
                config.zone.names(),
                tally,
                refusals);
        if (config.zone.members().isPresent()) {
            current.serve(
                    ServedMembers.unknown(MembersZone.names(config.zone.names()).origin()));
        }
        fatalErrors = new FatalErrors(config.listener::ended);
        readings = new ReadingTally(nanoClock.getAsLong());
        follower = new DeviceFollower(
                config, settings, current, push, secondaries, refusals, fatalErrors, readings, nanoClock);
    }

    /** Says where the registry listens, before anything is read. */
    void listenAt(Listening where) {
        follower.listenAt(where);
        push.updateOn(where::onStreams);
    }

    QueryPath queries() {
        return queries;
    }

    DeviceFollower follower() {
        return follower;
    }

    /** Returns where relays hear peers. */
    HeardSources heard() {
        return heard;
    }

    Secondaries secondaries() {
        return secondaries;
    }

    TimeSource clock() {
        return clock;
    }

    /** Returns what questions about members are answered from; null where there is no such zone. */
    @Nullable
    ServedMembers members() {
        return current.members();
    }

    /** Answers questions about members from this from now on, and tells those who subscribed to them. */
    void serve(ServedMembers next) {
        current.serve(next);
        push.update();
    }

    /** Returns what ends the registry if one of its threads cannot continue. */
    FatalErrors fatalErrors() {
        return fatalErrors;
    }

    /** Hands a line on to the listener. */
    void notice(String line) {
        follower.listener().notice(line);
    }

    private void refused(String line) {
        follower.listener().call(each -> each.refused(line));
    }

    Optional<Zone> zone() {
        return Optional.ofNullable(current.snapshot()).map(Snapshot::zone);
    }

    PeerNames names() {
        return Optional.ofNullable(current.snapshot()).map(Snapshot::names).orElse(PeerNames.none());
    }

    RegistryStats stats() {
        RegistryStatsBuilder stats = tally.stats().polls(readings.all()).failedPolls(readings.failed());
        Optional.ofNullable(readings.lastError()).ifPresent(stats::lastError);
        if (current.snapshot() != null) {
            stats.snapshotAge(current.age().age());
        }
        return stats.build();
    }

    /** Returns how the registry is, which is bound to some addresses. */
    RegistryHealth health(List<InetSocketAddress> listening) {
        RegistryHealth.Builder health = RegistryHealth.builder()
                .ready(current.snapshot() != null)
                .expired(current.freshness() == Freshness.EXPIRED)
                .listening(listening)
                .stuck(nanoClock.getAsLong() - readings.attemptedAt()
                        > STUCK_AFTER.plus(longestGap).toNanos());
        if (readings.isFailing()) {
            Optional.ofNullable(readings.lastError()).ifPresent(health::readingError);
        }
        fatalErrors.first().ifPresent(health::fatalError);
        if (current.snapshot() != null && current.freshness() != Freshness.FRESH) {
            Instant readAt = clock.instant().minus(current.age().age());
            health.staleSince(readAt.plus(current.age().staleAfter()));
        }
        return health.build();
    }
}
