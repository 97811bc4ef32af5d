package io.wgsd.discovery.decide.move;

import io.wgsd.discovery.Samples;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Two WireGuards, a relay between them and a direct path beside it, in virtual time: each sends to where the latest
 * packet came from.
 */
final class TwoPaths {

    static final PublicKey PEER = Samples.key(40);
    static final Endpoint DIRECT = Endpoint.parse("198.51.100.1:51820");
    static final Endpoint RELAY = Endpoint.parse("192.0.2.1:443");

    private static final long DATA = 144;
    private static final long DATAGRAM = 64;
    private static final long ANSWER = 96;
    private static final long KEEPALIVE = 32;

    /** About what a call of a backend takes. */
    private static final long CALL_MICROS = 100;

    private final PriorityQueue<Arrival> arrivals =
            new PriorityQueue<>(Comparator.comparingLong(Arrival::at).thenComparingLong(Arrival::number));
    private final Side here = new Side();
    private final Side there = new Side();
    private final long relayMicros;
    private final long directMicros;
    private long now;
    private long number;
    private boolean passesThere = true;
    private boolean passesBack = true;
    private boolean answers = true;
    private boolean routed = true;
    private boolean keepalives;
    private long lateMicros;
    private Instant handshake = Samples.NOW.wall();
    private int lost;
    private int writes;

    /** Makes them with so many milliseconds one way. */
    TwoPaths(long relayMillis, long directMillis) {
        relayMicros = relayMillis * 1000;
        directMicros = directMillis * 1000;
    }

    private static final class Side {
        private Endpoint endpoint = RELAY;
        private long period;
        private long next;
        private long rx;
        private long tx;
    }

    private record Arrival(long at, long number, Side to, Endpoint by, long bytes) {}

    /** Packets are sent that often a second from here, and from there. */
    TwoPaths traffic(int fromHere, int fromThere) {
        here.period = fromHere == 0 ? 0 : 1_000_000 / fromHere;
        there.period = fromThere == 0 ? 0 : 1_000_000 / fromThere;
        here.next = 137;
        there.next = 411;
        pass(2 * relayMicros);
        return this;
    }

    TwoPaths directPath(boolean fromHere, boolean fromThere) {
        passesThere = fromHere;
        passesBack = fromThere;
        return this;
    }

    TwoPaths unansweredDatagrams() {
        answers = false;
        return this;
    }

    /** Each step is taken so much later than it is due. */
    TwoPaths late(long millis) {
        lateMicros = millis * 1000;
        return this;
    }

    /** Keepalives are sent instead of datagrams, and nothing answers those. */
    TwoPaths keepalives() {
        keepalives = true;
        return this;
    }

    TwoPaths unrouted() {
        routed = false;
        return this;
    }

    void keepaliveFromThere() {
        send(there, KEEPALIVE);
        pass(relayMicros + directMicros);
    }

    void shakeHands() {
        handshake = handshake.plusSeconds(1);
    }

    void roam(String endpoint) {
        here.endpoint = Endpoint.parse(endpoint);
    }

    /** Moves the session. */
    MoveReport.Outcome move(boolean idleOnly) {
        return move(order(idleOnly), step -> {});
    }

    static MoveOrder order(boolean idleOnly) {
        return new MoveOrder(PEER, MoveOrder.Part.MOVE, DIRECT, RELAY, Duration.ofMillis(160), idleOnly);
    }

    /** Something else happens after a step. */
    interface Meanwhile {
        void after(MoveStep step);
    }

    MoveReport.Outcome move(MoveOrder order, Meanwhile meanwhile) {
        MoveSteps steps = new MoveSteps(order, at());
        while (true) {
            pass(CALL_MICROS);
            MoveStep step = steps.next(read(), at());
            switch (step.act()) {
                case DIRECT -> write(DIRECT);
                case RELAY -> write(RELAY);
                case DATAGRAM -> datagram();
                case FLICK -> flick(steps, 2);
                case LINGER -> flick(steps, 20);
                case NONE -> {}
            }
            if (step.outcome() != null) {
                return step.outcome();
            }
            meanwhile.after(step);
            pass(step.pause().toNanos() / 1000 + lateMicros);
        }
    }

    private void flick(MoveSteps steps, int readings) {
        write(DIRECT);
        Peer before = read();
        datagram();
        for (int i = 0; i < readings; i++) {
            pass(CALL_MICROS);
            if (steps.isAnswered(before, read())) {
                return;
            }
        }
        write(RELAY);
    }

    private void datagram() {
        if (routed) {
            send(here, keepalives ? KEEPALIVE : DATAGRAM);
        }
    }

    private void write(Endpoint endpoint) {
        pass(CALL_MICROS);
        here.endpoint = endpoint;
        writes++;
    }

    private Peer read() {
        return Peer.builder(PEER)
                .endpoint(here.endpoint)
                .statistics(PeerStatistics.of(handshake, here.rx, here.tx))
                .build();
    }

    private Moment at() {
        return Samples.NOW.plus(Duration.ofNanos(now * 1000));
    }

    Endpoint endpointHere() {
        return here.endpoint;
    }

    Endpoint endpointThere() {
        return there.endpoint;
    }

    /** How many packets were lost, the datagrams of the move included. */
    int lost() {
        return lost;
    }

    int writes() {
        return writes;
    }

    void pass(long micros) {
        long end = now + micros;
        while (true) {
            long due = Math.min(end, Math.min(next(here), next(there)));
            Arrival first = arrivals.peek();
            if (first != null && first.at() <= due) {
                arrivals.remove();
                now = Math.max(now, first.at());
                arrive(first);
            } else if (due == end && next(here) != due && next(there) != due) {
                now = end;
                return;
            } else {
                now = due;
                Side sender = next(here) == due ? here : there;
                sender.next += sender.period;
                send(sender, DATA);
            }
        }
    }

    private static long next(Side side) {
        return side.period == 0 ? Long.MAX_VALUE : side.next;
    }

    private void send(Side from, long bytes) {
        boolean direct = from.endpoint.equals(DIRECT);
        from.tx += bytes;
        if (direct && !(from == here ? passesThere : passesBack)) {
            lost++;
            return;
        }
        Side to = from == here ? there : here;
        arrivals.add(new Arrival(now + (direct ? directMicros : relayMicros), number++, to, from.endpoint, bytes));
    }

    private void arrive(Arrival packet) {
        Side to = packet.to();
        to.rx += packet.bytes();
        to.endpoint = packet.by();
        if (to == there && packet.bytes() == DATAGRAM && answers) {
            send(there, ANSWER);
        }
    }
}
