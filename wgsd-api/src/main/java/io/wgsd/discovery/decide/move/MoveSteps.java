package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.decide.move.MoveReport.Outcome;
import io.wgsd.discovery.decide.move.MoveStep.Act;
import io.wgsd.internal.Durations;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves a session to the direct path, so that no packet is lost: decides each step by what was read last.
 *
 * <p>WireGuard sends to where the latest authentic packet came from (receive.c). So a single packet that takes the
 * direct path shows whether that works: the other side answers it on the same way, and then the endpoint reads direct,
 * although the relay's was written last. While nothing else is sent, that is the move. Packets that still come by the
 * relay turn the endpoint back; then the direct one is written at once whenever that has happened, until no more come.
 * It is proved when packets arrive for some time and the endpoint stays direct without being written.
 *
 * <p>Not thread-safe: one is made for each move. It does nothing itself.
 */
public final class MoveSteps {

    /** How often a direct packet is sent while there is other traffic, whose packets may hide the answer. */
    private static final int MOST_FLICKS = 3;

    private static final int MOST_WAITS_FOR_A_PAUSE = 8;
    private static final int PROOFS = 2;
    private static final Duration MEASURE = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Duration LEAST_ROUND_TRIP = Duration.ofMillis(30);
    private static final Duration MOST_ROUND_TRIP = Duration.ofMillis(300);
    private static final Duration LEAST_WATCH = Duration.ofMillis(150);

    /** How long the direct endpoint may be written again and again. */
    private static final Duration MOST_PUSH = Duration.ofMillis(600);

    /** A step that is so late shows that the machine has other things to do; the first may have to load code. */
    private static final Duration LATE = Duration.ofMillis(15);

    private static final int MOST_LATE = 1;
    private static final Duration IDLE_LOOK = Duration.ofMillis(5);
    private static final Duration BUSY_LOOK = Duration.ofMillis(1);
    private static final Duration BUSIEST_LOOK = Duration.ofNanos(200_000);

    /** From so many bytes a second on, packets may be less than two milliseconds apart. */
    private static final long BUSIEST = 50_000;

    private final MoveOrder order;
    private final Optional<Endpoint> direct;
    private final Optional<Endpoint> relay;
    private Duration roundTrip;
    private Phase phase = Phase.BEGIN;
    private Moment since;
    private Duration look = IDLE_LOOK;
    private boolean busy;
    private int waits;
    private @Nullable Moment looked;
    private int late;
    private int flicks;
    private boolean directWritten;
    private @Nullable Moment pushed;
    private @Nullable Moment byRelay;
    private int proofs;
    private long rx;
    private long tx;
    private Optional<Instant> handshake = Optional.empty();

    public MoveSteps(MoveOrder order, Moment begun) {
        this.order = order;
        direct = Optional.of(order.direct());
        relay = Optional.of(order.relay());
        roundTrip = Durations.min(Durations.max(order.roundTrip(), LEAST_ROUND_TRIP), MOST_ROUND_TRIP);
        since = begun;
    }

    private enum Phase {
        BEGIN,
        MEASURE,
        PROBE,
        WATCH,
        PUSH,
        HOLD
    }

    /**
     * Returns the next step.
     *
     * @param peer the peer as it was read; null if it is gone
     * @param at when it was read
     */
    public MoveStep next(@Nullable Peer peer, Moment at) {
        if (peer == null) {
            return MoveStep.last(Act.NONE, Outcome.DISTURBED);
        }
        boolean first = phase == Phase.BEGIN;
        boolean foreign = !peer.endpoint().equals(relay) && !peer.endpoint().equals(direct);
        boolean renewed = !first && !peer.statistics().latestHandshake().equals(handshake);
        if (foreign || renewed || (first && !peer.endpoint().equals(relay))) {
            return end(Outcome.DISTURBED, peer);
        }
        return switch (phase) {
            case BEGIN -> begin(peer, at);
            case MEASURE -> measured(peer, at);
            case PROBE -> probe(peer, at);
            case WATCH -> watch(peer, at);
            case PUSH -> push(peer, at);
            case HOLD -> hold(peer, at);
        };
    }

    /**
     * Returns whether a packet has come by the direct path since its endpoint was written: one that came by the relay
     * would have changed it back.
     *
     * @param before the peer as it was read after that
     * @param now the peer as it was read later
     */
    public boolean isAnswered(Peer before, Peer now) {
        boolean came = now.statistics().rxBytes() != before.statistics().rxBytes();
        boolean stays = before.endpoint().equals(direct) && now.endpoint().equals(direct);
        directWritten = came && stays;
        return directWritten;
    }

    private MoveStep begin(Peer peer, Moment at) {
        handshake = peer.statistics().latestHandshake();
        enter(Phase.MEASURE, peer, at);
        return MoveStep.of(Act.NONE, measure());
    }

    private Duration measure() {
        return order.idleOnly() ? PAUSE : MEASURE;
    }

    private MoveStep measured(Peer peer, Moment at) {
        Duration missing = measure().minus(at.since(since));
        if (!missing.isNegative() && !missing.isZero()) {
            return MoveStep.of(Act.NONE, missing);
        }
        long came = peer.statistics().rxBytes() - rx;
        busy = came != 0 || peer.statistics().txBytes() != tx;
        if (busy && order.idleOnly()) {
            return ++waits < MOST_WAITS_FOR_A_PAUSE ? begin(peer, at) : end(Outcome.BUSY, peer);
        }
        long rate = came * 1_000_000_000L / Math.max(1, at.since(since).toNanos());
        look = !busy ? IDLE_LOOK : rate < BUSIEST ? BUSY_LOOK : BUSIEST_LOOK;
        enter(Phase.PROBE, peer, at);
        return MoveStep.of(Act.DATAGRAM, look);
    }

    /** Measures a round trip by the relay, where no other packets hide the answer. */
    private MoveStep probe(Peer peer, Moment at) {
        Duration waited = at.since(since);
        Moment last = looked;
        if (last != null && at.since(last).compareTo(IDLE_LOOK.plus(LATE)) > 0) {
            late++;
        }
        looked = at;
        boolean answered = peer.statistics().rxBytes() != rx;
        Duration patience = busy ? MEASURE : roundTrip.multipliedBy(2);
        if ((busy || !answered) && waited.compareTo(patience) < 0) {
            return MoveStep.of(Act.NONE, IDLE_LOOK);
        }
        if (busy && late > MOST_LATE) {
            return end(Outcome.LATE, peer);
        }
        if (!busy && answered) {
            roundTrip = Durations.max(waited, LEAST_ROUND_TRIP);
        }
        return flick(peer, at);
    }

    private MoveStep flick(Peer peer, Moment at) {
        flicks++;
        directWritten = false;
        enter(Phase.WATCH, peer, at);
        return MoveStep.of(busy ? Act.FLICK : Act.LINGER, look);
    }

    /** Waits until the endpoint is the direct one although the relay's was written last. */
    private MoveStep watch(Peer peer, Moment at) {
        if (peer.endpoint().equals(direct)) {
            enter(Phase.HOLD, peer, at);
            return MoveStep.of(Act.DATAGRAM, look);
        }
        if (!busy && flicks < MOST_FLICKS && peer.statistics().rxBytes() != rx) {
            // The answer was faster than the writes.
            return flick(peer, at);
        }
        if (at.since(since).compareTo(Durations.max(LEAST_WATCH, roundTrip.multipliedBy(2))) < 0) {
            return MoveStep.of(Act.NONE, look);
        }
        if (busy && flicks < MOST_FLICKS) {
            return flick(peer, at);
        }
        boolean sent = peer.statistics().txBytes() != tx;
        if (sent && busy) {
            // The other side may send to where the direct packet came from, until one comes by the relay again.
            return MoveStep.last(Act.DATAGRAM, Outcome.UNANSWERED);
        }
        return end(sent ? Outcome.UNANSWERED : Outcome.NOT_SENT, peer);
    }

    /** Writes the direct endpoint whenever a packet has come by the relay, for a round trip after the last of them. */
    private MoveStep push(Peer peer, Moment at) {
        if (peer.endpoint().equals(relay)) {
            if (isPushedEnough(at)) {
                return end(Outcome.NOT_HELD, peer);
            }
            byRelay = at;
            directWritten = true;
            return MoveStep.of(Act.DIRECT, look);
        }
        Moment last = byRelay;
        if (last != null && at.since(last).compareTo(roundTrip) >= 0) {
            enter(Phase.HOLD, peer, at);
            return MoveStep.of(Act.DATAGRAM, look);
        }
        return MoveStep.of(Act.NONE, look);
    }

    /** Waits, without writing, until packets have come that left the endpoint direct. */
    private MoveStep hold(Peer peer, Moment at) {
        if (peer.endpoint().equals(relay)) {
            if (!busy && flicks < MOST_FLICKS) {
                return flick(peer, at);
            }
            if (!busy || isPushedEnough(at)) {
                return end(Outcome.NOT_HELD, peer);
            }
            if (pushed == null) {
                pushed = at;
            }
            phase = Phase.PUSH;
            return push(peer, at);
        }
        if (peer.statistics().rxBytes() != rx) {
            rx = peer.statistics().rxBytes();
            proofs++;
        }
        Duration held = at.since(since);
        boolean calm = !busy || held.compareTo(roundTrip) >= 0;
        if (proofs >= PROOFS && calm) {
            return end(Outcome.MOVED, peer);
        }
        if (held.compareTo(Durations.max(LEAST_WATCH, roundTrip.multipliedBy(3))) < 0) {
            return MoveStep.of(Act.NONE, look);
        }
        // What was read is an answer of its own where the direct endpoint was not written.
        return end(proofs > 0 || !directWritten ? Outcome.MOVED : Outcome.NOT_HELD, peer);
    }

    private boolean isPushedEnough(Moment at) {
        return pushed != null && at.since(pushed).compareTo(MOST_PUSH) >= 0;
    }

    private void enter(Phase next, Peer peer, Moment at) {
        phase = next;
        since = at;
        rx = peer.statistics().rxBytes();
        tx = peer.statistics().txBytes();
        proofs = 0;
    }

    /** A direct endpoint that was written here, and that no packet has confirmed, is taken back. */
    private MoveStep end(Outcome outcome, Peer peer) {
        boolean takeBack =
                outcome != Outcome.MOVED && directWritten && peer.endpoint().equals(direct);
        return MoveStep.last(takeBack ? Act.RELAY : Act.NONE, outcome);
    }
}
