package io.wgsd.relay.forward;

import io.wgsd.internal.Rate;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import io.wgsd.relay.wire.Messages;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** What is between members, in virtual time, without the relay's own sessions: members are where the test puts them. */
final class ForwardingWorld {

    record Sent(byte[] message, Source to) {}

    final Roster roster = new Roster(1, new Rate(1_000_000_000, 1 << 20));
    final Tally tally = new Tally();
    final List<Sent> sent = new ArrayList<>();
    final List<String> challenges = new ArrayList<>();
    final Forwarding forwarding = new Forwarding(
            roster,
            (message, to) -> sent.add(new Sent(message, to)),
            (member, at) -> challenges.add(member.key() + " " + at),
            tally,
            2);
    private final Dispatcher dispatcher = new Dispatcher(roster, forwarding, tally, 3);
    private final Map<TestPeer, Source> sources = new HashMap<>();
    long now;

    ForwardingWorld(TestPeer... members) {
        policy((from, to) -> true, members);
        for (int i = 0; i < members.length; i++) {
            sources.put(members[i], source("10.0." + i + ".1", 1000 + i));
            attach(members[i]);
        }
    }

    static Source source(String address, int port) {
        return Source.of(new InetSocketAddress(address, port), 0);
    }

    void policy(BiPredicate<TestPeer, TestPeer> policy, TestPeer... members) {
        Map<Object, TestPeer> byKey = new HashMap<>();
        for (TestPeer each : members) {
            byKey.put(each.key(), each);
        }
        roster.replace(
                Arrays.stream(members).map(TestPeer::key).toList(),
                (from, to) -> policy.test(byKey.get(from), byKey.get(to)));
        forwarding.membersReplaced();
    }

    Source source(TestPeer peer) {
        return sources.get(peer);
    }

    Member member(TestPeer peer) {
        return roster.member(peer.key());
    }

    void attach(TestPeer peer) {
        roster.attach(member(peer), sources.get(peer));
        forwarding.attached(member(peer), now);
    }

    void detach(TestPeer peer) {
        roster.detach(member(peer));
    }

    void pass(Duration time) {
        now += time.toNanos();
        forwarding.tick(now);
    }

    /** Takes a packet as the relay's threads do, and returns what became of it. */
    Outcome receive(byte[] message, Source from) {
        Map<Outcome, Long> before = counts();
        boolean words = message.length >= 8;
        switch (dispatcher.judge(
                words ? Messages.word(message, 0) : 0,
                words ? Messages.word(message, 4) : 0,
                message.length,
                from.high(),
                from.low(),
                from.rest(),
                now)) {
            case FORWARD -> sent.add(new Sent(message, dispatcher.target()));
            case MEMBER, STRANGER -> {
                return forwarding.receive(message, from, now);
            }
            case DROP -> {}
        }
        Map<Outcome, Long> after = counts();
        return Arrays.stream(Outcome.values())
                .filter(each -> !after.get(each).equals(before.get(each)))
                .findFirst()
                .orElseThrow();
    }

    Outcome receive(byte[] message, TestPeer from) {
        return receive(message, sources.get(from));
    }

    /** Returns the only message that was sent since the last call, which went to this peer. */
    byte[] arrived(TestPeer at) {
        if (sent.size() != 1 || !sent.get(0).to().equals(sources.get(at))) {
            throw new AssertionError("sent to " + sent.stream().map(Sent::to).toList());
        }
        return sent.remove(0).message();
    }

    /** Connects two members: the one's handshake with the other, and its first data. */
    void connect(TestPeer initiator, TestPeer responder) {
        receive(initiator.initiation(responder.key()), initiator);
        receive(responder.respond(arrived(responder)), responder);
        receive(initiator.finish(arrived(initiator)), initiator);
        if (!responder.accepts(arrived(responder))) {
            throw new AssertionError("the first data are not of the session");
        }
    }

    private Map<Outcome, Long> counts() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        for (Outcome each : Outcome.values()) {
            counts.put(each, tally.of(each));
        }
        return counts;
    }
}
