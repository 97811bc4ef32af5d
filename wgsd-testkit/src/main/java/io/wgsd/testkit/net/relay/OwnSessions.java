package io.wgsd.testkit.net.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NetEvent;
import io.wgsd.testkit.net.wireguard.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The relay's own sessions with its members, by which it knows where they are.
 *
 * <p>A member's source moves on authentic data of its session with the relay, or on the response to an initiation that
 * the relay has sent to that very source; never on a handshake that the member has begun.
 */
final class OwnSessions {

    private static final long REKEY_TIMEOUT = Duration.ofSeconds(5).toNanos();
    private static final int ATTEMPTS = 4;
    /** A member that was not heard for so long is not attached any more. */
    private static final long ATTACHED = Duration.ofMinutes(3).toNanos();

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final PublicKey identity;
    private final Roster roster;
    private final RelayHost host;
    private final Consumer<Member> attached;
    private final Map<PublicKey, OwnSession> sessions = new TreeMap<>();
    private final Map<Integer, OwnKeys> keys = new HashMap<>();
    private final Map<Integer, OwnSession.Attempt> attempts = new HashMap<>();
    private long lastTimestamp;

    OwnSessions(PublicKey identity, Roster roster, RelayHost host, Consumer<Member> attached) {
        this.identity = identity;
        this.roster = roster;
        this.host = host;
        this.attached = attached;
    }

    /** Takes what was kept before a restart, and asks the members whether they are still where they were. */
    void restore(Map<PublicKey, Endpoint> sources, Map<PublicKey, Long> timestamps, long last) {
        lastTimestamp = last;
        timestamps.forEach((key, timestamp) -> {
            Member member = roster.member(key);
            if (member != null) {
                session(member).greatestTimestamp = timestamp;
            }
        });
        new TreeMap<>(sources).forEach((key, source) -> {
            Member member = roster.member(key);
            if (member != null) {
                begin(session(member), source, 1);
            }
        });
    }

    /** Returns the greatest timestamp of each member. */
    Map<PublicKey, Long> timestamps() {
        Map<PublicKey, Long> timestamps = new TreeMap<>();
        sessions.forEach((key, session) -> timestamps.put(key, session.greatestTimestamp));
        return timestamps;
    }

    long lastTimestamp() {
        return lastTimestamp;
    }

    /** Takes a message; returns whether it is the relay's own. */
    boolean receive(Message message, Endpoint from) {
        if (message instanceof Message.Initiation initiation) {
            if (!initiation.responder().equals(identity)) {
                return false;
            }
            respond(initiation, from);
            return true;
        }
        if (message instanceof Message.Response response) {
            OwnSession.Attempt attempt = attempts.get(response.receiver());
            if (attempt != null) {
                accept(attempt, response, from);
            }
            return attempt != null;
        }
        Message.Transport data = (Message.Transport) message;
        OwnKeys own = keys.get(data.receiver());
        if (own != null && own.opens(data, host.nanos())) {
            heard(own, data, from);
        }
        return own != null;
    }

    /** Returns whether data with an index would be opened. */
    boolean opens(int index, long session) {
        OwnKeys own = keys.get(index);
        return own != null && own.isOf(session, host.nanos());
    }

    /** Asks whether a member is at another source, by an initiation to it. */
    void challenge(Member member, Endpoint at) {
        OwnSession session = session(member);
        if (session.attempt == null || host.nanos() - session.attempt.sent() >= NANOS_PER_SECOND) {
            forgetAttempt(session);
            begin(session, at, ATTEMPTS);
        }
    }

    /** Detaches members that were not heard for long. */
    void expire() {
        long now = host.nanos();
        for (OwnSession session : sessions.values()) {
            if (session.member.source != null && now - session.heard >= ATTACHED) {
                host.record(NetEvent.Kind.DETACHED, session.member.key, session.member.source);
                roster.detach(session.member);
            }
        }
        sessions.values().removeIf(session -> !roster.has(session.member));
        keys.values().removeIf(own -> own.isExpired(now) || !roster.has(own.owner.member));
    }

    private OwnSession session(Member member) {
        return sessions.computeIfAbsent(member.key, key -> new OwnSession(member));
    }

    private void respond(Message.Initiation initiation, Endpoint from) {
        Member member = roster.member(initiation.initiator());
        if (member == null || initiation.timestamp() <= session(member).greatestTimestamp) {
            return;
        }
        OwnSession session = session(member);
        session.greatestTimestamp = initiation.timestamp();
        long secret = host.random().next();
        drop(session.next);
        OwnKeys next = put(new OwnKeys(session, freshIndex(), initiation.sender(), secret, false, host.nanos()));
        session.next = next;
        host.send(from, new Message.Response(next.localIndex, initiation.sender(), secret, 0));
    }

    private void accept(OwnSession.Attempt attempt, Message.Response response, Endpoint from) {
        OwnSession session = attempt.owner();
        forgetAttempt(session);
        OwnKeys fresh = put(
                new OwnKeys(session, attempt.localIndex(), response.sender(), response.session(), true, host.nanos()));
        become(session, fresh);
        session.heard = host.nanos();
        if (from.equals(attempt.to())) {
            attach(session.member, from);
        }
        // Which tells the responder that it may use the session.
        host.send(from, fresh.keepalive());
    }

    private void heard(OwnKeys own, Message.Transport data, Endpoint from) {
        OwnSession session = own.owner;
        if (own.equals(session.next)) {
            session.next = null;
            become(session, own);
        }
        session.heard = host.nanos();
        if (!Objects.equals(session.member.source, from)) {
            if (roster.at(from) == null) {
                attach(session.member, from);
            } else {
                challenge(session.member, from);
            }
        }
        OwnKeys current = session.current;
        if (current != null && data.plaintext().isKeepalive()) {
            host.send(from, current.keepalive());
            if (current.wantsSuccessor(host.nanos()) && session.attempt == null) {
                begin(session, from, 1);
            }
        }
    }

    private void attach(Member member, Endpoint source) {
        roster.attach(member, source);
        host.record(NetEvent.Kind.ATTACHED, member.key, source);
        attached.accept(member);
    }

    /** Sends an initiation, and some more until one is answered. */
    private void begin(OwnSession session, Endpoint to, int number) {
        int index = freshIndex();
        OwnSession.Attempt attempt = new OwnSession.Attempt(session, index, to, host.nanos(), number);
        session.attempt = attempt;
        attempts.put(index, attempt);
        host.send(to, new Message.Initiation(identity, session.member.key, index, timestamp()));
        host.after(REKEY_TIMEOUT, () -> {
            if (attempt.equals(session.attempt)) {
                forgetAttempt(session);
                if (number < ATTEMPTS && roster.has(session.member)) {
                    begin(session, to, number + 1);
                }
            }
        });
    }

    private void forgetAttempt(OwnSession session) {
        if (session.attempt != null) {
            attempts.remove(session.attempt.localIndex());
            session.attempt = null;
        }
    }

    private void become(OwnSession session, OwnKeys fresh) {
        drop(session.previous);
        session.previous = session.current;
        session.current = fresh;
    }

    private OwnKeys put(OwnKeys own) {
        keys.put(own.localIndex, own);
        return own;
    }

    private void drop(@Nullable OwnKeys own) {
        if (own != null) {
            keys.remove(own.localIndex, own);
        }
    }

    private long timestamp() {
        Instant now = host.wallClock();
        lastTimestamp = Math.max(lastTimestamp + 1, now.getEpochSecond() * NANOS_PER_SECOND + now.getNano());
        return lastTimestamp;
    }

    private int freshIndex() {
        int index;
        do {
            index = (int) host.random().next();
        } while (index == 0 || keys.containsKey(index) || attempts.containsKey(index));
        return index;
    }
}
