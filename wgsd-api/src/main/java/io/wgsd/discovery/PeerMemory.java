package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent remembers of one peer from one decision to the next. Immutable and thread-safe.
 *
 * @param peer the peer as it was read last
 * @param state what is done about it
 * @param since when it came into this state
 * @param reason why, where that does not go without saying
 * @param session what its readings say of its session
 * @param traffic what they say of handshakes without one
 * @param without since when it has had no live session; null while it has one
 * @param attempts the series that is under way; null where none is
 * @param written the endpoint that the agent set last; null where it has set none
 * @param advertised what the newest advertisement says; null where there was none
 * @param bucket how many attempts are left
 * @param ask when the registries are to be asked about it
 */
record PeerMemory(
        Peer peer,
        PeerState state,
        Moment since,
        @Nullable String reason,
        Session session,
        Traffic traffic,
        @Nullable Moment without,
        @Nullable Attempts attempts,
        @Nullable Endpoint written,
        @Nullable Endpoint advertised,
        Bucket bucket,
        Moment ask) {

    /** However often other endpoints are advertised, a peer is sent no more than this. */
    static final Bucket.Size TRIES = new Bucket.Size(14, Duration.ofSeconds(10));

    static PeerMemory first(Peer peer, Moment at) {
        Session session = Session.first(peer, at);
        PeerState state = session.isLive(at) ? PeerState.DIRECT : PeerState.WAITING;
        Bucket bucket = TRIES.full(at);
        return new PeerMemory(peer, state, at, null, session, Traffic.first(peer), null, null, null, null, bucket, at);
    }

    /** Returns what is remembered after one more reading. */
    PeerMemory read(Peer read, Moment at) {
        return new PeerMemory(
                read,
                state,
                since,
                reason,
                session.next(read, at),
                traffic.next(read, at),
                without,
                attempts,
                written,
                advertised,
                bucket.at(at, TRIES),
                ask);
    }

    PeerMemory in(PeerState next, @Nullable String why, Moment at) {
        if (next == state && Objects.equals(why, reason)) {
            return this;
        }
        Moment entered = next == state ? since : at;
        return new PeerMemory(
                peer, next, entered, why, session, traffic, without, attempts, written, advertised, bucket, ask);
    }

    PeerMemory without(@Nullable Moment value) {
        if (Objects.equals(value, without)) {
            return this;
        }
        return new PeerMemory(
                peer, state, since, reason, session, traffic, value, attempts, written, advertised, bucket, ask);
    }

    PeerMemory attempts(@Nullable Attempts value) {
        if (Objects.equals(value, attempts)) {
            return this;
        }
        return new PeerMemory(
                peer, state, since, reason, session, traffic, without, value, written, advertised, bucket, ask);
    }

    PeerMemory traffic(Traffic value) {
        return new PeerMemory(
                peer, state, since, reason, session, value, without, attempts, written, advertised, bucket, ask);
    }

    PeerMemory written(@Nullable Endpoint value) {
        if (Objects.equals(value, written)) {
            return this;
        }
        return new PeerMemory(
                peer, state, since, reason, session, traffic, without, attempts, value, advertised, bucket, ask);
    }

    PeerMemory advertised(@Nullable Endpoint value) {
        if (Objects.equals(value, advertised)) {
            return this;
        }
        return new PeerMemory(
                peer, state, since, reason, session, traffic, without, attempts, written, value, bucket, ask);
    }

    PeerMemory bucket(Bucket value) {
        return new PeerMemory(
                peer, state, since, reason, session, traffic, without, attempts, written, advertised, value, ask);
    }

    PeerMemory ask(Moment value) {
        return new PeerMemory(
                peer, state, since, reason, session, traffic, without, attempts, written, advertised, bucket, value);
    }

    /** Returns the endpoint that WireGuard learnt from a packet of the peer's, which no advertisement outranks. */
    Optional<Endpoint> learnt() {
        Endpoint ours = written;
        return traffic.received() == null
                ? Optional.empty()
                : peer.endpoint().filter(endpoint -> ours == null || !endpoint.equals(ours));
    }

    PeerStatus status() {
        return new PeerStatus(
                peer.publicKey(), state, since.wall(), peer.endpoint().orElse(null), advertised, reason);
    }
}
