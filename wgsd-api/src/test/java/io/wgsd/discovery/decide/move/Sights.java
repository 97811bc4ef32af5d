package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.Samples;
import io.wgsd.discovery.decide.move.MoveOrder.Part;
import io.wgsd.discovery.decide.move.MoveSight.Way;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One side of a pair, which looks once a second. */
final class Sights {

    static final PublicKey OWN = Samples.key(50);
    static final PublicKey PEER = Samples.key(40);

    private final Part part;
    private final Duration clockError;
    private MoveMemory memory = MoveMemory.none();
    private @Nullable MoveOrder ordered;
    private Optional<Endpoint> local = Optional.empty();
    private Duration now = Duration.ZERO;
    private Way way = Way.RELAY;
    private boolean newHandshake;
    private boolean turns;
    private Optional<Endpoint> direct = Optional.of(TwoPaths.DIRECT);
    private Optional<Endpoint> self = Optional.empty();
    private Optional<NatMapping> peerNat = Optional.empty();
    private Optional<NatMapping> selfNat = Optional.empty();

    /** The wall clock is wrong by so many seconds. */
    Sights(Part part, long clockError) {
        this.part = part;
        this.clockError = Duration.ofSeconds(clockError);
    }

    static Sights caller() {
        return new Sights(Part.MOVE, 0);
    }

    Sights advertisedAt(@Nullable String endpoint) {
        direct = Optional.ofNullable(endpoint).map(Endpoint::parse);
        return this;
    }

    /** The peer is found in this host's own network, as it was before. */
    Sights inTheNetworkAt(String endpoint) {
        local = Optional.of(Endpoint.parse(endpoint));
        return this;
    }

    Sights byTurns() {
        turns = true;
        return this;
    }

    /** Returns the seconds at which a part was ordered. */
    List<Long> secondsOf(Part wanted, Duration time) {
        return ordersIn(time, wanted);
    }

    /** Sets where this host is seen. */
    Sights seenAt(String endpoint) {
        self = Optional.of(Endpoint.parse(endpoint));
        return this;
    }

    Sights nats(NatMapping self, NatMapping peer) {
        selfNat = Optional.of(self);
        peerNat = Optional.of(peer);
        return this;
    }

    Sights on(Way next) {
        way = next;
        return this;
    }

    Sights afterANewHandshake() {
        newHandshake = true;
        return this;
    }

    /** Looks once a second, and returns the seconds from the beginning at which something was ordered. */
    List<Long> secondsOfOrders(Duration time) {
        return ordersIn(time, null);
    }

    private List<Long> ordersIn(Duration time, @Nullable Part wanted) {
        List<Long> seconds = new ArrayList<>();
        Duration end = now.plus(time);
        while (now.compareTo(end) < 0) {
            MoveOrder order = look().order();
            if (order != null && (wanted == null || order.part() == wanted)) {
                seconds.add(now.toSeconds());
            }
            now = now.plusSeconds(1);
        }
        return seconds;
    }

    MoveMemory look() {
        Moment at = Samples.NOW.plus(now);
        boolean own = part == Part.MOVE;
        MoveSight sight = new MoveSight(
                own ? OWN : PEER,
                own ? PEER : OWN,
                part,
                turns,
                way,
                way == Way.RELAY ? TwoPaths.RELAY : TwoPaths.DIRECT,
                newHandshake,
                new MoveFacts(direct, self, new PeerFacts(List.of(), peerNat), new PeerFacts(List.of(), selfNat)),
                local.isPresent()
                        ? new MoveSight.Target(local, MoveSight.Kind.LOCAL)
                        : new MoveSight.Target(direct, MoveSight.Kind.PUBLIC),
                Duration.ofMillis(160),
                new Moment(at.wall().plus(clockError), at.nanos()));
        memory = MoveDecider.order(MoveDecider.follow(memory, sight), sight);
        MoveMemory seen = memory;
        ordered = seen.order() == null ? ordered : seen.order();
        memory = memory.edit(draft -> draft.order = null);
        return seen;
    }

    long seconds() {
        return now.toSeconds();
    }

    void reported(MoveReport.Outcome outcome) {
        memory = memory.edit(draft -> draft.order = ordered).reported(new MoveReport(PEER, outcome));
    }

    Optional<String> reason() {
        return memory.reason();
    }
}
