package io.wgsd.relay;

import io.wgsd.internal.Rate;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.forward.Dispatcher;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.session.Events;
import io.wgsd.relay.session.Kept;
import io.wgsd.relay.tally.Tally;
import io.wgsd.relay.wire.Messages;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A whole relay without sockets and threads: each packet's way is gone to its end at once, in virtual time. */
final class RelayWorld implements Events {

    private record Sent(byte[] message, Source to) {}

    private static final long TICK = 50_000_000;

    final TestPeer relay = new TestPeer(0);
    final Tally tally = new Tally();
    RelayCore core;
    /** The messages of honest handshakes, as somebody on the way would have them. */
    final List<byte[]> recorded = new ArrayList<>();
    /** A second WireGuard of the last member's keys, for its sessions with others. */
    final TestPeer malloryKeys = new TestPeer(3, 13);

    /** How many messages reached members, but for those of {@link #delivers}. */
    int forwarded;

    int mostEntries;
    private Roster roster;
    private Dispatcher dispatcher;
    private final List<Sent> sent = new ArrayList<>();
    private final Map<PublicKey, Source> sources = new HashMap<>();
    private final List<PublicKey> keys;
    private final Random random = new Random(5);
    private long now;
    private long ticked;

    RelayWorld(TestPeer... members) {
        for (int i = 0; i < members.length; i++) {
            sources.put(
                    members[i].key(),
                    Source.of(new InetSocketAddress("10." + (i / 250) + "." + (i % 250) + ".1", 1000 + i), 0));
        }
        keys = Arrays.stream(members).map(TestPeer::key).toList();
        start();
    }

    /** Starts the relay, which knows its members and nothing else. */
    private void start() {
        roster = new Roster(1, new Rate(125_000_000, 4 << 20));
        roster.replace(keys, (from, to) -> true);
        core = new RelayCore(
                Identity.of(relay.secretKey()),
                roster,
                tally,
                new RelayCore.Edges(
                        this::sent,
                        (task, priority) -> run(task),
                        (task, priority) -> run(task),
                        () -> now,
                        () -> Instant.parse("2026-11-01T12:00:00Z"),
                        bytes -> {
                            random.nextBytes(bytes);
                            return bytes;
                        },
                        this));
        dispatcher = core.dispatcher();
    }

    /** Ends the relay and starts it again, with what an earlier one would have kept of attached members. */
    void restart() {
        start();
        Map<PublicKey, Kept.KeptMember> members = new HashMap<>();
        keys.forEach(key -> members.put(key, new Kept.KeptMember(Timestamp.NONE, sources.get(key))));
        core.sessions().restore(new Kept(Timestamp.NONE, members));
    }

    Source source(TestPeer peer) {
        return sources.get(peer.key());
    }

    Source whereIs(TestPeer peer) {
        return roster.member(peer.key()).source();
    }

    void move(TestPeer peer, Source source) {
        sources.put(peer.key(), source);
    }

    /** Lets the relay do what is due after this time, and returns what it sent. */
    Map<Source, byte[]> after(long nanos) {
        now += nanos;
        sent.clear();
        core.sessions().tick(now);
        return sent.stream().collect(Collectors.toMap(Sent::to, Sent::message));
    }

    long now() {
        return now;
    }

    int attached() {
        return (int)
                roster.all().stream().filter(member -> member.source() != null).count();
    }

    void pass(long nanos) {
        now += nanos;
        if (now - ticked >= TICK) {
            ticked = now;
            core.forwarding().tick(now);
            core.sessions().tick(now);
            mostEntries = Math.max(mostEntries, core.forwarding().entries());
        }
    }

    void receive(byte[] message, Source from) {
        boolean words = message.length >= 8;
        switch (dispatcher.judge(
                words ? Messages.word(message, 0) : 0,
                words ? Messages.word(message, 4) : 0,
                message.length,
                from.high(),
                from.low(),
                from.rest(),
                now)) {
            case FORWARD -> sent(message, dispatcher.target());
            case MEMBER -> core.take(message.clone(), from, true);
            case STRANGER -> core.take(message.clone(), from, false);
            case DROP -> {}
        }
    }

    /** Lets a member shake hands with the relay. */
    void attach(TestPeer peer) {
        send(peer.initiation(relay.key()), peer);
        send(peer.finish(arrived(peer)), peer);
        peer.accepts(arrived(peer));
    }

    void connect(TestPeer initiator, TestPeer responder) {
        send(initiator.initiation(responder.key()), initiator);
        send(responder.respond(arrived(responder)), responder);
        send(initiator.finish(arrived(initiator)), initiator);
        responder.accepts(arrived(responder));
    }

    /** Returns whether data of one arrive at the other. */
    boolean delivers(TestPeer from, TestPeer to) {
        sent.clear();
        int before = forwarded;
        receive(from.data(100), source(from));
        forwarded = before;
        return sent.size() == 1 && sent.get(0).to.equals(source(to)) && to.accepts(sent.get(0).message);
    }

    private void send(byte[] message, TestPeer from) {
        recorded.add(message.clone());
        sent.clear();
        receive(message, source(from));
    }

    private byte[] arrived(TestPeer at) {
        Sent last = sent.get(sent.size() - 1);
        if (!last.to.equals(source(at))) {
            throw new AssertionError("sent to " + last.to);
        }
        recorded.add(last.message.clone());
        return last.message;
    }

    private void sent(byte[] message, Source to) {
        if (sources.containsValue(to)) {
            forwarded++;
            if (sent.size() < 10) {
                sent.add(new Sent(message, to));
            }
        }
    }

    private static boolean run(Runnable task) {
        task.run();
        return true;
    }

    @Override
    public void attached(Member member, Source source, boolean before) {
        // What counts is where members are in the end.
    }

    @Override
    public void detached(Member member) {
        throw new AssertionError(member + " was detached");
    }
}
