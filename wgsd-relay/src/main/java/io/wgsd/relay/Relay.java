package io.wgsd.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.model.TimeSource;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.state.State;
import io.wgsd.relay.state.StateText;
import io.wgsd.relay.tally.Tally;
import io.wgsd.relay.transport.Lane.Priority;
import io.wgsd.relay.transport.Sockets;
import io.wgsd.relay.transport.Worker;
import io.wgsd.relay.wire.Messages;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Forwards WireGuard's packets between its members, without a key to any of them.
 *
 * <p>To a member the relay is a WireGuard peer without allowed IPs, with a persistent keepalive; other members are
 * peers whose endpoint is the relay's. By its own session with the relay a member proves its identity and shows where
 * it is. What members send each other stays encrypted from end to end: the relay sees who talks to whom, when and how
 * much.
 *
 * <p>Each member has a share of all that is bounded, so that none costs the others. Thread-safe.
 */
public final class Relay implements AutoCloseable {

    private final RelayListener listener;
    private final PublicKey publicKey;
    private final Roster roster;
    private final Tally tally = new Tally();
    private final Sockets sockets;
    private final Worker handshakes;
    private final Worker own;
    private final RelayCore core;
    private final Saving saving;
    private final LongSupplier ticks;
    private final long origin;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> fatalError = new AtomicReference<>();
    private final Object replacing = new Object();
    private volatile RelayMembers members;

    private Relay(RelayBuilder builder, Identity identity, State state) throws IOException {
        UnaryOperator<byte[]> random = RelayBuilder.random();
        TimeSource clock = builder.clock;
        origin = clock.nanos();
        ticks = () -> clock.nanos() - origin;
        listener = builder.listener;
        publicKey = identity.publicKey();
        members = builder.members;
        roster = new Roster(Messages.counter(random.apply(new byte[Long.BYTES]), 0), builder.dataBytes());
        roster.replace(members.keys(), members.policy()::mayReach);
        sockets = new Sockets(builder.listen, builder.batched, tally, ticks, this::failed);
        try {
            handshakes = new Worker(builder.threads("handshakes"), this::tickHandshakes, this::failed);
            own = new Worker(builder.threads("own"), this::tickOwn, this::failed);
        } catch (RuntimeException e) {
            sockets.close();
            throw e;
        }
        core = new RelayCore(
                identity,
                roster,
                tally,
                new RelayCore.Edges(sockets, handshakes, own, ticks, clock, random, new Events(listener)));
        saving = new Saving(builder.store, listener, ticks, clock);
        core.sessions().restore(state.sessions());
        core.forwarding().restore(state.routes(), clock.instant().getEpochSecond(), ticks.getAsLong());
        handshakes.start();
        own.start();
        try {
            sockets.start(builder.threads("udp"), core::dispatcher, core);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins a relay.
     *
     * @param privateKey the relay's own key, which stays the caller's to close, and may be once the relay is started
     * @param members the members to forward for
     * @return a builder
     */
    public static RelayBuilder builder(SecretKey privateKey, RelayMembers members) {
        return new RelayBuilder(privateKey, members);
    }

    static Relay start(RelayBuilder builder) throws IOException {
        Identity identity = Identity.of(builder.privateKey);
        return new Relay(builder, identity, load(builder.store));
    }

    /**
     * Returns the key by which members know the relay.
     *
     * @return the relay's public key
     */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Returns where the relay listens.
     *
     * @return addresses and ports, in the order in which they were asked for
     */
    public List<InetSocketAddress> localAddresses() {
        return sockets.addresses();
    }

    /**
     * Returns the members that the relay forwards for.
     *
     * @return the members that were set last
     */
    public RelayMembers members() {
        return members;
    }

    /**
     * Replaces the members. Those that stay keep their sessions and routes; sessions of those that leave, and routes
     * between members that may no longer reach each other, end. Returns at once.
     *
     * @param next the members
     */
    public void replaceMembers(RelayMembers next) {
        synchronized (replacing) {
            members = next;
            roster.replace(next.keys(), next.policy()::mayReach);
            handshakes.offer(() -> core.forwarding().membersReplaced(), Priority.INTERNAL);
        }
    }

    /**
     * Returns which members are attached, and where the relay hears them.
     *
     * @return endpoints by key, in order of the keys
     */
    public Map<PublicKey, Endpoint> attached() {
        Map<PublicKey, Endpoint> attached = new TreeMap<>();
        for (Member member : roster.all()) {
            Source source = member.source();
            if (source != null) {
                attached.put(member.key(), Endpoint.of(source.address()));
            }
        }
        return attached;
    }

    /**
     * Returns when each attached member has proved last that it is where the relay hears it.
     *
     * <p>Keepalives do, and handshakes with the relay; what members send each other does not. Each call looks at all
     * members.
     *
     * @return one sighting for each attached member, in no order
     */
    public List<RelaySighting> sightings() {
        List<Endpoint> listening =
                sockets.addresses().stream().map(Endpoint::of).toList();
        List<RelaySighting> sightings = new ArrayList<>();
        for (Member member : roster.all()) {
            Member.Heard heard = member.heard();
            if (heard != null && member.source() != null) {
                sightings.add(new RelaySighting(
                        member.key(),
                        listening.get(heard.source().socket()),
                        Endpoint.of(heard.source().address()),
                        origin + heard.at()));
            }
        }
        return sightings;
    }

    /**
     * Returns what the relay has done so far.
     *
     * @return the counters as they are at this moment
     */
    public RelayStats stats() {
        return RelayStats.builder()
                .tally(tally)
                .members(roster.all().size())
                .attached(attached().size())
                .routes(core.forwarding().routes())
                .build();
    }

    /**
     * Returns whether the relay does what it should.
     *
     * @return its health as it is at this moment
     */
    public RelayHealth health() {
        RelayHealth.Builder health = RelayHealth.builder().running(!closed.get());
        saving.problems().forEach(health::problem);
        Throwable error = fatalError.get();
        return (error == null ? health : health.fatalError(error)).build();
    }

    /**
     * Ends the relay, frees the addresses, saves the state, and waits for the threads to end, except for the calling
     * thread if a listener calls this; a second call does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sockets.close();
            handshakes.close();
            own.close();
            saving.note(core.forwarding());
            saving.save(core.sessions());
        }
    }

    private boolean tickHandshakes() {
        core.forwarding().tick(ticks.getAsLong());
        saving.noteIfDue(core.forwarding());
        return false;
    }

    private boolean tickOwn() {
        boolean more = core.sessions().tick(ticks.getAsLong());
        saving.saveIfDue(core.sessions());
        return more;
    }

    private void failed(Throwable error) {
        if (fatalError.compareAndSet(null, error)) {
            Unheard.LOG.error("the relay has failed and forwards nothing any more", error);
            listener.ended(error);
            close();
        }
    }

    private static State load(RelayStore store) throws IOException {
        Optional<byte[]> state = store.load();
        try {
            return state.isPresent() ? StateText.read(state.get()) : State.nothing();
        } catch (IOException e) {
            throw new IOException(
                    "the relay's state in " + store + " cannot be read: " + e.getMessage()
                            + "; remove it, and members are known again within half a minute",
                    e);
        }
    }

    /** Says in the words of the model what happens to the sessions. */
    private record Events(RelayListener listener) implements io.wgsd.relay.session.Events {

        @Override
        public void attached(Member member, Source source, boolean before) {
            Endpoint endpoint = Endpoint.of(source.address());
            if (before) {
                listener.moved(member.key(), endpoint);
            } else {
                listener.attached(member.key(), endpoint);
            }
        }

        @Override
        public void detached(Member member) {
            listener.detached(member.key());
        }
    }
}
