package io.wgsd.testkit.net.relay;

import io.wgsd.internal.Rate;
import io.wgsd.internal.TokenBucket;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NetEvent;
import io.wgsd.testkit.net.wireguard.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries what members send each other: initiations by the key that they are for, a response by the initiation that it
 * answers, which confirms the indices of both, and everything else by its sender and the receiver's index.
 */
final class Forwarding {

    /** How long a response may take. */
    private static final long PENDING = Duration.ofSeconds(6).toNanos();

    private static final long ROUTE = Duration.ofSeconds(190).toNanos();
    /** How long an initiation waits for a member that is not attached. */
    private static final long HELD = Duration.ofSeconds(2).toNanos();
    /** Data of one member from a source that is not known to be its own. */
    private static final Rate ROAMING = new Rate(20, 100);

    private final Roster roster;
    private final RelayHost host;
    private final OwnSessions own;
    private final Map<Flow, Pair> pairs = new HashMap<>();
    private final Map<Integer, Pending> pendings = new HashMap<>();
    private final Map<Way, Route> routes = new LinkedHashMap<>();
    private final Map<Member, TokenBucket> roaming = new HashMap<>();
    private final List<Held> held = new ArrayList<>();

    private record Flow(Member from, Member to) {}

    private record Way(Member from, int index) {}

    private record Route(Member to, long expires) {}

    private record Pending(Member initiator, Member responder, long expires) {}

    private record Held(Message.Initiation message, Pair pair, boolean untilAttached) {}

    /** A route that outlives a restart of the relay. */
    record KeptRoute(PublicKey from, int index, PublicKey to, long expires) {}

    Forwarding(Roster roster, RelayHost host, OwnSessions own) {
        this.roster = roster;
        this.host = host;
        this.own = own;
    }

    List<KeptRoute> kept() {
        List<KeptRoute> kept = new ArrayList<>();
        routes.forEach(
                (way, route) -> kept.add(new KeptRoute(way.from().key, way.index(), route.to().key, route.expires())));
        return kept;
    }

    void restore(List<KeptRoute> kept) {
        for (KeptRoute route : kept) {
            Member from = roster.member(route.from());
            Member to = roster.member(route.to());
            if (from != null && to != null) {
                routes.put(new Way(from, route.index()), new Route(to, route.expires()));
            }
        }
    }

    void receive(Message message, Endpoint source) {
        Member from = roster.at(source);
        if (from == null) {
            fromUnknown(message, source);
        } else if (message instanceof Message.Initiation initiation) {
            initiation(initiation, from);
        } else if (message instanceof Message.Response response) {
            response(response, from);
        } else {
            Member to = route(from, ((Message.Transport) message).receiver());
            if (to != null && to.source != null) {
                forward(message, to, to.source);
            }
        }
    }

    /** Sends what waited for a member. */
    void attached(Member member) {
        take(each -> each.untilAttached() && each.pair().to == member).forEach(this::sendHeld);
    }

    /** Returns to whom data of a source with an index would go; null if to nobody. */
    @Nullable
    Member target(Endpoint source, int index) {
        Member from = roster.at(source);
        if (from != null) {
            return route(from, index);
        }
        return routes.keySet().stream()
                .filter(way -> way.index() == index)
                .map(way -> route(way.from(), index))
                .findFirst()
                .orElse(null);
    }

    void expire() {
        long now = host.nanos();
        pendings.values().removeIf(pending -> now >= pending.expires());
        routes.entrySet()
                .removeIf(route -> now >= route.getValue().expires()
                        || !roster.has(route.getKey().from())
                        || !roster.has(route.getValue().to()));
        pairs.keySet().removeIf(flow -> !roster.has(flow.from()) || !roster.has(flow.to()));
        roaming.keySet().removeIf(member -> !roster.has(member));
    }

    private @Nullable Member route(Member from, int index) {
        Route route = routes.get(new Way(from, index));
        return route == null || host.nanos() >= route.expires() || !roster.has(route.to()) ? null : route.to();
    }

    private Pair pair(Member from, Member to) {
        return pairs.computeIfAbsent(new Flow(from, to), flow -> new Pair(from, to));
    }

    private void initiation(Message.Initiation message, Member from) {
        long now = host.nanos();
        Member to = roster.member(message.responder());
        if (to == null || to == from || !pair(from, to).initiations.take(now)) {
            return;
        }
        Pair pair = pair(from, to);
        long meeting = pair(to, from).mayMeetUntil();
        if (now < meeting) {
            hold(new Held(message, pair, false), meeting - now);
        } else if (to.source == null) {
            hold(new Held(message, pair, true), HELD);
        } else {
            forward(message, pair);
        }
    }

    /** Of each pair the newest waits: for the other side's handshake to be answered, or for its member. */
    private void hold(Held initiation, long forNanos) {
        host.record(NetEvent.Kind.HELD, initiation.pair().to.key, initiation.pair().to.source);
        take(each -> each.pair().equals(initiation.pair()));
        held.add(initiation);
        host.after(forNanos, () -> {
            if (held.removeIf(each -> each.equals(initiation)) && !initiation.untilAttached()) {
                sendHeld(initiation);
            }
        });
    }

    private void sendHeld(Held initiation) {
        if (roster.has(initiation.pair().from) && roster.has(initiation.pair().to)) {
            forward(initiation.message(), initiation.pair());
        }
    }

    private void forward(Message.Initiation message, Pair pair) {
        Endpoint to = pair.to.source;
        if (to == null) {
            return;
        }
        pendings.put(message.sender(), new Pending(pair.from, pair.to, host.nanos() + PENDING));
        pair.lastInitiation = host.nanos();
        pair.awaited = true;
        forward(message, pair.to, to);
    }

    private void response(Message.Response message, Member from) {
        long now = host.nanos();
        Pending pending = pendings.get(message.receiver());
        if (pending == null || pending.responder() != from || now >= pending.expires()) {
            return;
        }
        Member initiator = pending.initiator();
        Endpoint to = initiator.source;
        if (to == null || !roster.has(initiator)) {
            return;
        }
        routes.put(new Way(initiator, message.sender()), new Route(from, now + ROUTE));
        routes.put(new Way(from, message.receiver()), new Route(initiator, now + ROUTE));
        pair(initiator, from).awaited = false;
        take(each -> each.pair().from == from && each.pair().to == initiator && !each.untilAttached());
        forward(message, initiator, to);
    }

    /** A member may have got another source, and its data continue meanwhile, some of them. */
    private void fromUnknown(Message message, Endpoint source) {
        if (message instanceof Message.Response response) {
            Pending pending = pendings.get(response.receiver());
            if (pending != null) {
                own.challenge(pending.responder(), source);
            }
        } else if (message instanceof Message.Transport data) {
            for (Way way : List.copyOf(routes.keySet())) {
                Member to = way.index() == data.receiver() ? route(way.from(), way.index()) : null;
                if (to != null) {
                    own.challenge(way.from(), source);
                    Endpoint at = to.source;
                    TokenBucket budget = roaming.computeIfAbsent(way.from(), each -> new TokenBucket(ROAMING));
                    if (at != null && budget.take(host.nanos())) {
                        forward(message, to, at);
                    }
                }
            }
        }
    }

    private void forward(Message message, Member to, Endpoint at) {
        host.record(NetEvent.Kind.RELAYED, to.key, at);
        host.send(at, message);
    }

    private List<Held> take(Predicate<Held> condition) {
        List<Held> taken = held.stream().filter(condition).toList();
        held.removeAll(taken);
        return taken;
    }
}
