package io.wgsd.relay;

import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.forward.Forwarding;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Outlet;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.session.Events;
import io.wgsd.relay.session.Sessions;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import io.wgsd.relay.transport.Inlet;
import io.wgsd.relay.transport.Lane;
import io.wgsd.relay.transport.Lane.Priority;
import io.wgsd.relay.wire.Messages;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The relay without its sockets and threads: leads each packet to the part that handles it.
 *
 * <p>There are two lanes, one for handshakes between members, and one for what is the relay's own and costs it a
 * computation of keys. Neither waits for the other.
 */
final class RelayCore implements Inlet {

    private final Identity identity;
    private final Roster roster;
    private final Tally tally;
    private final Lane handshakes;
    private final Lane own;
    private final LongSupplier ticks;
    private final UnaryOperator<byte[]> random;
    private final Sessions sessions;
    private final Forwarding forwarding;

    /** What the core depends on. */
    record Edges(
            Outlet outlet,
            Lane handshakes,
            Lane own,
            LongSupplier ticks,
            InstantSource clock,
            UnaryOperator<byte[]> random,
            Events events) {}

    RelayCore(Identity identity, Roster roster, Tally tally, Edges edges) {
        this.identity = identity;
        this.roster = roster;
        this.tally = tally;
        handshakes = edges.handshakes;
        own = edges.own;
        ticks = edges.ticks;
        random = edges.random;
        forwarding = new Forwarding(roster, edges.outlet, this::challenge, tally, seed());
        sessions = new Sessions(identity, roster, edges.random, edges.clock, edges.outlet, new Followed(edges.events));
    }

    /** The sessions, which belong to the lane of the relay's own. */
    Sessions sessions() {
        return sessions;
    }

    /** What is between members, which belongs to the lane of handshakes. */
    Forwarding forwarding() {
        return forwarding;
    }

    /** Makes who judges packets for one more receiving thread. */
    Dispatcher dispatcher() {
        return new Dispatcher(roster, forwarding, tally, seed());
    }

    @Override
    public void take(byte[] message, Source from, boolean member) {
        Priority priority = member ? Priority.MEMBER : Priority.STRANGER;
        boolean keepalive = Messages.type(message) == Messages.DATA && message.length == Messages.KEEPALIVE_LENGTH;
        if (keepalive) {
            offer(own, () -> own(message, from, priority), priority);
        } else {
            offer(handshakes, () -> handshake(message, from, priority), priority);
        }
    }

    private void handshake(byte[] message, Source from, Priority priority) {
        int type = Messages.type(message);
        boolean coded = type == Messages.INITIATION || type == Messages.RESPONSE;
        if (coded && identity.mac1().fits(message)) {
            offer(own, () -> own(message, from, priority), priority);
            return;
        }
        Outcome outcome = forwarding.receive(message, from, ticks.getAsLong());
        boolean nobodys = outcome == Outcome.UNKNOWN_TARGET || outcome == Outcome.UNKNOWN_SOURCE;
        if (type == Messages.COOKIE_REPLY && nobodys) {
            offer(own, () -> own(message, from, priority), priority);
        } else {
            count(outcome, message);
        }
    }

    private void own(byte[] message, Source from, Priority priority) {
        sessions.receive(message, from, ticks.getAsLong())
                .ifPresentOrElse(tally::count, () -> notOwn(message, from, priority));
    }

    /** A keepalive from an unknown source may be a member's to another. */
    private void notOwn(byte[] message, Source from, Priority priority) {
        if (priority == Priority.STRANGER && Messages.type(message) == Messages.DATA) {
            offer(handshakes, () -> count(forwarding.receive(message, from, ticks.getAsLong()), message), priority);
        } else {
            tally.count(Outcome.UNKNOWN_TARGET);
        }
    }

    private void challenge(Member member, Source at) {
        own.offer(() -> sessions.challenge(member, at, ticks.getAsLong()), Priority.STRANGER);
    }

    private void offer(Lane lane, Runnable task, Priority priority) {
        if (!lane.offer(task, priority)) {
            tally.count(Outcome.OVER_LIMIT);
        }
    }

    private void count(Outcome outcome, byte[] message) {
        if (outcome == Outcome.FORWARDED) {
            tally.forwarded(message.length);
        } else {
            tally.count(outcome);
        }
    }

    private long seed() {
        return Messages.counter(random.apply(new byte[Long.BYTES]), 0);
    }

    /** Has what waits for a member sent when it comes. */
    private final class Followed implements Events {

        private final Events events;

        Followed(Events events) {
            this.events = events;
        }

        @Override
        public void attached(Member member, Source source, boolean before) {
            handshakes.offer(() -> forwarding.attached(member, ticks.getAsLong()), Priority.INTERNAL);
            events.attached(member, source, before);
        }

        @Override
        public void detached(Member member) {
            events.detached(member);
        }
    }
}
