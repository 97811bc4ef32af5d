package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.RelayStatus;
import io.wgsd.discovery.RelayStatus.State;
import io.wgsd.discovery.decide.session.SentBytes;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How this host and one relay stand. Immutable and thread-safe.
 *
 * @param relay what is announced of it, or was last
 * @param state what it is to this host
 * @param since when it came into this state
 * @param reason why, where that is not obvious
 * @param added whether the agent has added it to the device, and removes it again
 * @param missing whether somebody took that peer away, and it is not put back yet
 * @param peer the relay's peer as it was read last; null where the device has none
 * @param session what its readings say of its session; null where there is no peer
 * @param heard when something came from it; null before that
 * @param heardNow whether something came with the latest reading
 * @param test the test that is under way; null where none is
 * @param tested when the latest test began; null where there was none
 * @param attempts how often it was tried since it was heard last
 * @param losses how often others took its peer away, without a long time in between
 * @param due when the next attempt is made
 * @param unwanted since when it is not wanted any more; null while it is
 */
record Attachment(
        KnownRelay relay,
        State state,
        Moment since,
        @Nullable String reason,
        boolean added,
        boolean missing,
        @Nullable Peer peer,
        @Nullable Session session,
        @Nullable Moment heard,
        boolean heardNow,
        @Nullable RelayCheck test,
        @Nullable Moment tested,
        int attempts,
        int losses,
        Moment due,
        @Nullable Moment unwanted) {

    /** How soon what could not be written is tried again. */
    private static final Duration UNWRITTEN = Duration.ofSeconds(10);

    static Attachment first(KnownRelay relay, Moment at) {
        return new Attachment(
                relay, State.UNUSED, at, null, false, false, null, null, null, false, null, null, 0, 0, at, null);
    }

    /** Returns what is remembered where something planned was not written. */
    static Attachment undone(@Nullable Attachment before, @Nullable Attachment planned, String why, Moment at) {
        Attachment known =
                before != null ? before : first(Objects.requireNonNull(planned).relay(), at);
        Attachment read = planned == null ? known : known.read(Optional.ofNullable(planned.peer()), at);
        return read.edit(draft -> {
            draft.due = at.plus(UNWRITTEN);
            draft.test = null;
            draft.in(read.state, why, at);
        });
    }

    /** Returns how they stand after one more reading of the device. */
    Attachment read(Optional<Peer> read, Moment at) {
        Peer now = read.orElse(null);
        Peer before = peer;
        if (now == null) {
            return edit(draft -> {
                draft.peer = null;
                draft.session = null;
                draft.heardNow = false;
                draft.test = null;
            });
        }
        Session judged = session == null ? Session.first(now, at) : session.next(now, at);
        long had = before == null ? 0 : before.statistics().rxBytes();
        long has = now.statistics().rxBytes();
        long came = Long.compareUnsigned(has, had) < 0 ? has : has - had;
        // What another sends unasked, over and over, does not show that it hears this host.
        boolean hears = came != 0 && !SentBytes.areInitiations(came);
        return edit(draft -> {
            draft.peer = now;
            draft.session = judged;
            draft.heardNow = hears;
            draft.heard = hears ? at : heard;
        });
    }

    PublicKey key() {
        return relay.publicKey();
    }

    boolean isLive(Moment at) {
        return session != null && session.isLive(at);
    }

    /** Returns where peers can be reached through it; empty where they cannot. */
    Optional<Endpoint> usable(Moment at) {
        return state == State.UP && isLive(at) ? endpoint() : Optional.empty();
    }

    Optional<Endpoint> endpoint() {
        return Optional.ofNullable(peer).flatMap(Peer::endpoint);
    }

    RelayStatus status(Moment now) {
        return RelayStatus.builder(relay.publicKey(), state, since.wallAsOf(now))
                .endpoint(endpoint()
                        .or(() -> relay.endpoints().stream().findFirst())
                        .orElse(null))
                .reason(reason)
                .build();
    }

    Attachment edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.attachment();
    }

    /** A copy that is being changed. */
    static final class Draft {
        KnownRelay relay;
        State state;
        Moment since;

        @Nullable
        String reason;

        boolean added;
        boolean missing;

        @Nullable
        Peer peer;

        @Nullable
        Session session;

        @Nullable
        Moment heard;

        boolean heardNow;

        @Nullable
        RelayCheck test;

        @Nullable
        Moment tested;

        int attempts;
        int losses;
        Moment due;

        @Nullable
        Moment unwanted;

        Draft(Attachment from) {
            relay = from.relay;
            state = from.state;
            since = from.since;
            reason = from.reason;
            added = from.added;
            missing = from.missing;
            peer = from.peer;
            session = from.session;
            heard = from.heard;
            heardNow = from.heardNow;
            test = from.test;
            tested = from.tested;
            attempts = from.attempts;
            losses = from.losses;
            due = from.due;
            unwanted = from.unwanted;
        }

        void in(State next, @Nullable String why, Moment at) {
            since = next == state ? since : at;
            state = next;
            reason = why;
        }

        Attachment attachment() {
            return new Attachment(
                    relay, state, since, reason, added, missing, peer, session, heard, heardNow, test, tested, attempts,
                    losses, due, unwanted);
        }
    }
}
