package io.wgsd.discovery.decide;

import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.decide.local.AddressScope;
import io.wgsd.discovery.decide.local.LocalTries;
import io.wgsd.discovery.decide.move.MoveMemory;
import io.wgsd.discovery.decide.session.Probes;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.discovery.decide.session.Traffic;
import io.wgsd.internal.Durations;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an agent remembers of one peer from one decision to the next. Immutable and thread-safe.
 *
 * @param peer the peer as it was read last
 * @param state what is done about it
 * @param since when it came into this state
 * @param reason why, where that is not obvious
 * @param relay the relay at whose endpoint it is; null where there is none
 * @param session what its readings say of its session
 * @param traffic what they say of handshakes without one
 * @param probes what datagrams to it have shown
 * @param trial the endpoint that is, or was, tried since its session became suspect; null where there was none
 * @param without since when it has had no live session; null while it has one
 * @param attempts the series that is under way; null where none is
 * @param written the endpoint that the agent set last; null where it has set none
 * @param advertised what the newest advertisement says; null where there was none
 * @param moves what is remembered of moves from a relay to the direct path
 * @param local how often it was tried in this host's own network
 * @param bucket how many attempts are left
 * @param ask when the registries are to be asked about it
 */
public record PeerMemory(
        Peer peer,
        PeerState state,
        Moment since,
        @Nullable String reason,
        @Nullable PublicKey relay,
        Session session,
        Traffic traffic,
        Probes probes,
        @Nullable Trial trial,
        @Nullable Moment without,
        @Nullable Attempts attempts,
        @Nullable Endpoint written,
        @Nullable Endpoint advertised,
        MoveMemory moves,
        LocalTries local,
        TokenBucket bucket,
        Moment ask) {

    /** A peer gets no more attempts than this, no matter how often other endpoints are advertised. */
    static final TokenBucket.Size ATTEMPTS = new TokenBucket.Size(14, Duration.ofSeconds(10));

    static PeerMemory first(Peer peer, Moment at) {
        Session session = Session.first(peer, at);
        PeerState state = session.isLive(at) ? PeerState.DIRECT : PeerState.WAITING;
        TokenBucket bucket = ATTEMPTS.full(at);
        Traffic traffic = Traffic.first(peer);
        return new PeerMemory(
                peer,
                state,
                at,
                null,
                null,
                session,
                traffic,
                Probes.none(),
                null,
                null,
                null,
                null,
                null,
                MoveMemory.none(),
                LocalTries.none(),
                bucket,
                at);
    }

    /** Returns what is remembered after one more reading. */
    PeerMemory read(Peer read, Moment at) {
        return new PeerMemory(
                read,
                state,
                since,
                reason,
                relay,
                session.next(read, at),
                traffic.next(read, at),
                probes.read(peer, read, at),
                trial,
                without,
                attempts,
                written,
                advertised,
                moves,
                local,
                bucket.at(at, ATTEMPTS),
                ask);
    }

    PeerMemory in(PeerState next, @Nullable String why, Moment at) {
        if (next == state && Objects.equals(why, reason)) {
            return this;
        }
        return edit(draft -> {
            draft.since = next == state ? since : at;
            draft.state = next;
            draft.reason = why;
        });
    }

    PeerMemory relay(@Nullable PublicKey value) {
        return Objects.equals(value, relay) ? this : edit(draft -> draft.relay = value);
    }

    /** Returns whether it has a session that is left alone. */
    public boolean isConnected() {
        return state == PeerState.DIRECT || state == PeerState.RELAYED;
    }

    PeerMemory session(Session value) {
        return edit(draft -> draft.session = value);
    }

    PeerMemory probes(Probes value) {
        return value.equals(probes) ? this : edit(draft -> draft.probes = value);
    }

    PeerMemory trial(@Nullable Trial value) {
        return Objects.equals(value, trial) ? this : edit(draft -> draft.trial = value);
    }

    /** Returns what is remembered after a datagram was sent to it. */
    PeerMemory datagram(Moment at, boolean renewal) {
        return edit(draft -> {
            draft.session = session.sent();
            draft.probes = probes.sent(peer, at, renewal);
        });
    }

    PeerMemory without(@Nullable Moment value) {
        return Objects.equals(value, without) ? this : edit(draft -> draft.without = value);
    }

    PeerMemory attempts(@Nullable Attempts value) {
        return Objects.equals(value, attempts) ? this : edit(draft -> draft.attempts = value);
    }

    PeerMemory traffic(Traffic value) {
        return edit(draft -> draft.traffic = value);
    }

    PeerMemory written(@Nullable Endpoint value) {
        return Objects.equals(value, written) ? this : edit(draft -> draft.written = value);
    }

    PeerMemory advertised(@Nullable Endpoint value) {
        return Objects.equals(value, advertised) ? this : edit(draft -> draft.advertised = value);
    }

    PeerMemory moves(MoveMemory value) {
        return value.equals(moves) ? this : edit(draft -> draft.moves = value);
    }

    PeerMemory bucket(TokenBucket value) {
        return edit(draft -> draft.bucket = value);
    }

    PeerMemory local(LocalTries value) {
        return edit(draft -> draft.local = value);
    }

    PeerMemory ask(Moment value) {
        return edit(draft -> draft.ask = value);
    }

    private PeerMemory edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.memory();
    }

    /** Returns the endpoint that WireGuard learnt from a packet of the peer's, which no advertisement outranks. */
    Optional<Endpoint> learnt() {
        Endpoint ours = written;
        return traffic.received() == null
                ? Optional.empty()
                : peer.endpoint().filter(endpoint -> ours == null || !endpoint.equals(ours));
    }

    /** Returns what is known at some time, whose wall clock says since when. */
    PeerStatus status(Moment now) {
        return status(now, now.wall());
    }

    /**
     * Returns what is known at some time.
     *
     * @param latest the latest time that the wall clock has shown
     */
    PeerStatus status(Moment now, Instant latest) {
        return PeerStatus.builder(peer.publicKey(), state, since.wallAsOf(now))
                .endpoint(peer.endpoint().orElse(null))
                .advertised(advertised)
                .reason(reason)
                .path(path())
                .attempts(shown(now, latest))
                .build();
    }

    private PeerStatus.@Nullable Attempts shown(Moment now, Instant latest) {
        Attempts series = attempts;
        if (series == null || isConnected()) {
            return null;
        }
        PeerStatus.Heard heard = traffic.received() == null
                ? PeerStatus.Heard.NOTHING
                : traffic.initiationsOnly() ? PeerStatus.Heard.INITIATIONS : PeerStatus.Heard.OTHER;
        Duration behind = Durations.max(Duration.ZERO, Duration.between(now.wall(), latest));
        return new PeerStatus.Attempts(series.started().wallAsOf(now), series.count(), traffic.sends(), heard, behind);
    }

    /** Returns whether its packets come from an address of one site, and so from within that. */
    boolean isLocal() {
        return peer.endpoint()
                .map(Endpoint::address)
                .filter(AddressScope::isOfOneSite)
                .isPresent();
    }

    private @Nullable PeerPath path() {
        return switch (state) {
            case DIRECT -> isLocal() ? PeerPath.local() : PeerPath.direct();
            case RELAYED -> relay == null ? null : PeerPath.byRelay(relay);
            default -> null;
        };
    }

    /** A copy that is being changed. */
    private static final class Draft {
        private final PeerMemory from;
        private PeerState state;
        private Moment since;
        private @Nullable String reason;
        private @Nullable PublicKey relay;
        private Session session;
        private Traffic traffic;
        private Probes probes;
        private @Nullable Trial trial;
        private @Nullable Moment without;
        private @Nullable Attempts attempts;
        private @Nullable Endpoint written;
        private @Nullable Endpoint advertised;
        private MoveMemory moves;
        private LocalTries local;
        private TokenBucket bucket;
        private Moment ask;

        Draft(PeerMemory from) {
            this.from = from;
            state = from.state;
            since = from.since;
            reason = from.reason;
            relay = from.relay;
            session = from.session;
            traffic = from.traffic;
            probes = from.probes;
            trial = from.trial;
            without = from.without;
            attempts = from.attempts;
            written = from.written;
            advertised = from.advertised;
            moves = from.moves;
            local = from.local;
            bucket = from.bucket;
            ask = from.ask;
        }

        PeerMemory memory() {
            return new PeerMemory(
                    from.peer,
                    state,
                    since,
                    reason,
                    relay,
                    session,
                    traffic,
                    probes,
                    trial,
                    without,
                    attempts,
                    written,
                    advertised,
                    moves,
                    local,
                    bucket,
                    ask);
        }
    }
}
