package io.wgsd.relay.session;

import io.wgsd.internal.Rate;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A relay's own sessions in virtual time, with what they have sent and what they have said. */
final class SessionWorld implements Events {

    record Sent(byte[] message, Source to) {}

    static final Source HOME = source("198.51.100.1", 1000);
    static final Source ELSEWHERE = source("203.0.113.7", 2000);

    final TestPeer relay = new TestPeer(0);
    final Roster roster = new Roster(1, new Rate(1_000_000, 1_000_000));
    final List<Sent> sent = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    private final Random random;
    Sessions sessions;
    Instant clock = Instant.parse("2026-11-01T12:00:00Z");
    long now;

    SessionWorld(TestPeer... members) {
        this(1, members);
    }

    SessionWorld(int seed, TestPeer... members) {
        random = new Random(seed);
        members(members);
        sessions = start();
    }

    static Source source(String address, int port) {
        return Source.of(new InetSocketAddress(address, port), 0);
    }

    void members(TestPeer... members) {
        List<PublicKey> keys = Arrays.stream(members).map(TestPeer::key).toList();
        roster.replace(keys, (from, to) -> true);
    }

    /** Ends the relay, and starts another that knows what was kept. */
    void restart() {
        Kept kept = sessions.kept();
        roster.all().forEach(roster::detach);
        sent.clear();
        sessions = start();
        sessions.restore(kept);
    }

    Optional<Outcome> receive(byte[] message, Source from) {
        return sessions.receive(message, from, now);
    }

    void pass(Duration time) {
        now += time.toNanos();
        clock = clock.plus(time);
        sessions.tick(now);
    }

    /** Returns what was sent last, and forgets all that was. */
    byte[] sent(Source to) {
        Sent last = sent.get(sent.size() - 1);
        sent.clear();
        if (!last.to.equals(to)) {
            throw new AssertionError("sent to " + last.to);
        }
        return last.message;
    }

    /** Lets a member shake hands from a source, up to the relay's answer to its first keepalive. */
    void connect(TestPeer peer, Source from) {
        receive(peer.initiation(relay.key()), from);
        receive(peer.finish(sent(from)), from);
        if (!peer.accepts(sent(from))) {
            throw new AssertionError("no keepalive came back");
        }
    }

    Member member(TestPeer peer) {
        return roster.member(peer.key());
    }

    Source where(TestPeer peer) {
        return member(peer).source();
    }

    @Override
    public void attached(Member member, Source source, boolean before) {
        events.add((before ? "moved " : "attached ") + source.address().getPort());
    }

    @Override
    public void detached(Member member) {
        events.add("detached");
    }

    private Sessions start() {
        return new Sessions(
                Identity.of(relay.secretKey()),
                roster,
                bytes -> {
                    random.nextBytes(bytes);
                    return bytes;
                },
                () -> clock,
                (message, to) -> sent.add(new Sent(message, to)),
                this);
    }
}
