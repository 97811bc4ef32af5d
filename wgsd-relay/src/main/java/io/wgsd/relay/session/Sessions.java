package io.wgsd.relay.session;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.noise.ReceivedCookie;
import io.wgsd.relay.noise.ReceivedInitiation;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.noise.TransportKeys;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Outlet;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.wire.Messages;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The relay's own sessions with its members: it responds to their handshakes, answers each authentic keepalive with
 * one, and begins handshakes itself where it has to know whether a member is at a source.
 *
 * <p>A member's source moves on authentic data of its session with the relay, or on the response to an initiation
 * that the relay has sent to that very source; never on a handshake that the member has begun, which may be a copy on
 * its way from elsewhere. A source at which another member is, is only taken after such a response: a member could
 * write any source on its data.
 *
 * <p>Times are nanoseconds since the relay's start. For one thread.
 */
public final class Sessions {

    private final Identity identity;
    private final Roster roster;
    private final Outlet outlet;
    private final Events events;
    private final Admission admission;
    private final Initiations initiations;
    private final Indices indices;
    private final Map<PublicKey, MemberSession> sessions = new HashMap<>();
    private long revision;

    /**
     * Makes the sessions of a relay.
     *
     * @param identity the relay's key
     * @param roster its members
     * @param random fills bytes at random, and returns them
     * @param clock tells the time for the timestamps of initiations
     * @param outlet where messages leave
     * @param events is called when members come and go
     */
    public Sessions(
            Identity identity,
            Roster roster,
            UnaryOperator<byte[]> random,
            InstantSource clock,
            Outlet outlet,
            Events events) {
        this.identity = identity;
        this.roster = roster;
        this.outlet = outlet;
        this.events = events;
        admission = new Admission(identity.publicKey(), random);
        indices = new Indices(random);
        initiations = new Initiations(identity, random, clock, outlet, indices);
    }

    /**
     * Takes what was kept before the relay was started, and begins to ask the members whether they are still where
     * they were; the questions are sent by {@link #tick}, so many at a time.
     *
     * @param kept what was kept
     */
    public void restore(Kept kept) {
        initiations.restore(kept.last());
        kept.members().forEach((key, known) -> {
            Member member = roster.member(key);
            if (member != null) {
                MemberSession session = session(member);
                session.greatest = known.greatest();
                if (known.source() != null) {
                    initiations.queue(session, known.source());
                    roster.expect(member, known.source());
                }
            }
        });
    }

    /**
     * Returns what is to be kept.
     *
     * @return the members' and the relay's own timestamps, and where members are
     */
    public Kept kept() {
        Map<PublicKey, Kept.KeptMember> members = new HashMap<>();
        sessions.forEach(
                (key, session) -> members.put(key, new Kept.KeptMember(session.greatest, session.member.source())));
        return new Kept(initiations.last(), members);
    }

    /**
     * Returns a number that grows with each change of what is to be kept.
     *
     * @return the number
     */
    public long revision() {
        return revision + initiations.sent();
    }

    /**
     * Takes a message that may be the relay's own.
     *
     * @param message a message of one of WireGuard's types
     * @param from where it came from
     * @param now the time
     * @return what became of it; empty for a cookie reply or data with an index that is not the relay's
     */
    public Optional<Outcome> receive(byte[] message, Source from, long now) {
        return switch (Messages.type(message)) {
            case Messages.INITIATION -> Optional.of(initiation(message, from, now));
            case Messages.RESPONSE ->
                indices.attempt(Messages.receiver(message)).map(attempt -> response(attempt, message, from, now));
            case Messages.COOKIE_REPLY ->
                indices.attempt(Messages.receiver(message)).map(attempt -> cookieReply(attempt, message, now));
            case Messages.DATA ->
                indices.keypair(Messages.receiver(message)).map(keypair -> data(keypair, message, from, now));
            default -> Optional.of(Outcome.MALFORMED);
        };
    }

    /**
     * Asks whether a member is at another source, by an initiation to it. Nothing is asked while another source has time
     * to answer, except where that has the same address: a NAT may give a member one port after the other when its
     * address changes, and what is sent to the former is lost.
     *
     * @param member the member
     * @param at the source
     * @param now the time
     */
    public void challenge(Member member, Source at, long now) {
        MemberSession session = roster.has(member) ? session(member) : null;
        if (session == null) {
            return;
        }
        Attempt running = session.challenge;
        boolean waits = running != null && !running.due(now) && !at.isAnotherPortOf(running.to);
        Long initiated = session.initiated;
        if (waits || (initiated != null && now - initiated < Protocol.INITIATIONS_APART)) {
            return;
        }
        initiations.forget(running);
        session.challenge = initiations.send(session, at, 0, now).orElse(null);
    }

    /**
     * Does what is due: initiations that are sent again or were queued, and sessions that have ended.
     *
     * @param now the time
     * @return whether more initiations are queued, so that it is due again at once
     */
    public boolean tick(long now) {
        sessions.values().removeIf(session -> end(session, now));
        return initiations.sendQueued(now);
    }

    private Outcome initiation(byte[] message, Source from, long now) {
        if (!identity.mac1().fits(message)) {
            return Outcome.REFUSED;
        }
        Member there = roster.at(from);
        boolean known = there != null && session(there).handshakes.take(now);
        if (!known) {
            switch (admission.judge(message, from, now)) {
                case COOKIE -> {
                    outlet.send(admission.cookieReply(message, from), from);
                    return Outcome.COOKIE;
                }
                case DROPPED -> {
                    return Outcome.OVER_LIMIT;
                }
                case ADMITTED -> {}
            }
        }
        Optional<ReceivedInitiation> opened = ReceivedInitiation.open(identity, message);
        Member member = opened.map(each -> roster.member(each.initiator())).orElse(null);
        return member == null ? Outcome.REFUSED : respond(session(member), opened.get(), from, there == member, now);
    }

    private Outcome respond(MemberSession session, ReceivedInitiation initiation, Source from, boolean paid, long now) {
        Timestamp timestamp = initiation.timestamp().orElse(null);
        if (timestamp == null || timestamp.compareTo(session.greatest) <= 0) {
            return Outcome.REFUSED;
        }
        if (!paid && !session.handshakes.take(now)) {
            return Outcome.OVER_LIMIT;
        }
        session.greatest = timestamp;
        revision++;
        int index = indices.fresh();
        ReceivedInitiation.Answered answered =
                initiation.respond(initiations.ephemeral(), index).orElse(null);
        if (answered == null) {
            return Outcome.REFUSED;
        }
        drop(session.next);
        session.next = indices.put(new Keypair(session, answered.keys(), now));
        byte[] response = answered.message();
        outlet.send(response, from);
        return Outcome.TO_RELAY;
    }

    private Outcome response(Attempt attempt, byte[] message, Source from, long now) {
        MemberSession session = attempt.session;
        if (!identity.mac1().fits(message) || !attempt.mayBeAnswered()) {
            return Outcome.REFUSED;
        }
        TransportKeys keys = attempt.initiation.accept(message).orElse(null);
        if (keys == null) {
            return Outcome.REFUSED;
        }
        initiations.forget(attempt);
        session.attempt = session.attempt == attempt ? null : session.attempt;
        session.challenge = session.challenge == attempt ? null : session.challenge;
        become(session, indices.put(new Keypair(session, keys, now)));
        session.heard = now;
        if (from.equals(attempt.to)) {
            attach(session, from);
            session.member.hear(from, now);
        }
        // Which tells the responder that it may use the session.
        outlet.send(keys.keepalive(), from);
        return Outcome.TO_RELAY;
    }

    private Outcome cookieReply(Attempt attempt, byte[] message, long now) {
        MemberSession session = attempt.session;
        Optional<ReceivedCookie> cookie =
                ReceivedCookie.open(session.member.key(), message, attempt.initiation.message());
        if (cookie.isEmpty()) {
            return Outcome.REFUSED;
        }
        session.cookie = cookie.get();
        session.cookieCame = now;
        return Outcome.TO_RELAY;
    }

    private Outcome data(Keypair keypair, byte[] message, Source from, long now) {
        MemberSession session = keypair.session();
        if (keypair.expired(now) || !keypair.keys().accepts(message)) {
            return Outcome.REFUSED;
        }
        if (keypair.equals(session.next)) {
            session.next = null;
            become(session, keypair);
        }
        session.heard = now;
        Source known = session.member.source();
        if (known == null || !from.equals(known)) {
            if (roster.at(from) == null) {
                attach(session, from);
            } else {
                challenge(session.member, from, now);
            }
        }
        Source proved = session.member.source();
        if (proved != null && from.equals(proved)) {
            session.member.hear(from, now);
        }
        Keypair current = session.current;
        if (message.length == Messages.KEEPALIVE_LENGTH && current != null) {
            outlet.send(current.keys().keepalive(), from);
            if (current.wantsSuccessor(now) && session.attempt == null) {
                session.attempt = initiations.send(session, from, 1, now).orElse(null);
            }
        }
        return Outcome.TO_RELAY;
    }

    private void become(MemberSession session, Keypair keypair) {
        drop(session.previous);
        session.previous = session.current;
        session.current = keypair;
    }

    private void attach(MemberSession session, Source source) {
        Member other = roster.at(source);
        boolean before = session.member.source() != null;
        if (other == session.member) {
            return;
        }
        roster.attach(session.member, source);
        revision++;
        if (other != null) {
            events.detached(other);
        }
        events.attached(session.member, source, before);
    }

    /** Returns whether nothing of a session is left to be known: its member is one no more. */
    private boolean end(MemberSession session, long now) {
        boolean gone = !roster.has(session.member);
        if (session.member.source() != null && (gone || now - session.heard >= Protocol.ATTACHED)) {
            roster.detach(session.member);
            revision++;
            events.detached(session.member);
        }
        session.current = ended(session.current, gone, now);
        session.previous = ended(session.previous, gone, now);
        session.next = ended(session.next, gone, now);
        Attempt challenge = session.challenge;
        if (challenge != null && (gone || challenge.due(now))) {
            initiations.forget(challenge);
            session.challenge = null;
        }
        Attempt attempt = session.attempt;
        if (attempt != null && (gone || attempt.due(now))) {
            initiations.forget(attempt);
            session.attempt = gone || attempt.number >= Protocol.ATTEMPTS
                    ? null
                    : initiations
                            .send(session, attempt.to, attempt.number + 1, now)
                            .orElse(null);
        }
        if (gone || (attempt != null && session.attempt == null)) {
            roster.forgetExpected(session.member);
        }
        return gone;
    }

    private @Nullable Keypair ended(@Nullable Keypair keypair, boolean gone, long now) {
        if (keypair == null || !(gone || keypair.expired(now))) {
            return keypair;
        }
        drop(keypair);
        return null;
    }

    private void drop(@Nullable Keypair keypair) {
        if (keypair != null) {
            indices.remove(keypair.keys().localIndex());
            keypair.keys().close();
        }
    }

    private MemberSession session(Member member) {
        MemberSession known = sessions.get(member.key());
        if (known != null && known.member == member) {
            return known;
        }
        MemberSession fresh = new MemberSession(member);
        if (known != null) {
            // Taken out and in again: what was recorded before must not be repeated.
            fresh.greatest = known.greatest;
            end(known, Long.MAX_VALUE);
        }
        sessions.put(member.key(), fresh);
        return fresh;
    }
}
