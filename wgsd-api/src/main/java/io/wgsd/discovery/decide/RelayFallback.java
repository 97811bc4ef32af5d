package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.relay.RelayRoute;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a peer is tried by a relay that both have: pure functions of what is remembered and of the relays.
 *
 * <p>After a second of attempts at its direct endpoints the relay and these take turns. The relay comes first where
 * neither NAT lets the other in, and where a session that ran over the relay has died, or one whose direct endpoint was
 * tried in vain. As with direct attempts the opener goes first; the caller waits until the opener's handshake would be
 * complete, since two that meet destroy each other.
 *
 * @param context what else matters
 * @param peer the peer's key
 * @param role which of the two sends first
 * @param route the way by a relay that both have; empty where there is none
 */
record RelayFallback(PeerContext context, PublicKey peer, HandshakeOrder role, Optional<RelayRoute> route) {

    /** After how long without a session a direct endpoint is not the only thing that is tried. */
    static final Duration PUNCHING = Duration.ofSeconds(1);

    private static final Duration SLACK = Duration.ofMillis(200);

    /** How long it is found out whether a peer answers, once it has a session. */
    private static final Duration FIRST = Duration.ofSeconds(15);

    static RelayFallback of(PeerContext context, PublicKey peer, HandshakeOrder role) {
        return new RelayFallback(context, peer, role, context.relays().route(context.own(), peer));
    }

    /** Returns whether the relay is all that is tried. */
    boolean isOnly() {
        return route.isPresent() && context.relays().isNeitherReachable(peer);
    }

    /** Returns whether a series of attempts that begins now begins at the relay. */
    boolean isFirst(PeerMemory memory) {
        return route.isPresent() && (memory.relay() != null || hadTrial(memory) || isOnly());
    }

    /**
     * Returns whether a session that is suspect is given up for the relay: another endpoint was tried and taken back,
     * and still nothing came.
     */
    boolean replaces(PeerMemory memory) {
        Trial trial = memory.trial();
        return route.isPresent()
                && trial != null
                && hadTrial(memory)
                && (memory.session().isSilent() || (memory.session().isDoubted() && trial.sure()));
    }

    /** Returns whether the next attempt of a series goes to the relay; every two attempts go the same way. */
    boolean isTurn(Attempts series, Moment at) {
        if (route.isEmpty()) {
            return false;
        }
        if (isOnly() || series.targets().isEmpty()) {
            return true;
        }
        boolean patient = series.count() == 1 && at.since(series.started()).compareTo(PUNCHING) >= 0;
        int pair = patient ? 1 : series.count() / 2;
        return pair % 2 == (series.relayFirst() ? 0 : 1);
    }

    /** Returns where the next attempt goes. */
    Endpoint target(PeerMemory memory, Attempts series, Moment at) {
        if (isTurn(series, at)) {
            return route.orElseThrow().endpoint();
        }
        Optional<Endpoint> learnt = memory.learnt().filter(endpoint -> !isRelay(endpoint));
        List<Endpoint> targets = series.targets();
        int turns = route.isPresent() ? series.count() / 4 : series.count() / 2;
        return learnt.orElseGet(() -> targets.get(turns % targets.size()));
    }

    /** Returns how much longer the caller waits before it tries the relay itself. */
    Duration courtesy() {
        return role == HandshakeOrder.CALLER ? roundTrip().multipliedBy(2).plus(SLACK) : Duration.ZERO;
    }

    /** Returns the round trip to the peer by the relay, if that is as far from both as the registry is from here. */
    Duration roundTrip() {
        return context.roundTrip().multipliedBy(2);
    }

    /**
     * Returns the relay as another place where a peer may be that is reached directly, if what was sent to it had no
     * answer yet.
     */
    Optional<Endpoint> news(PeerMemory memory) {
        return memory.relay() == null
                        && memory.probes().isSureToAnswer(context.at())
                        && memory.session().silentSince().isPresent()
                ? route.map(RelayRoute::endpoint)
                : Optional.empty();
    }

    /** Returns whether the session should be read more often than once a second, so that its loss is noticed soon. */
    boolean isWatched(PeerMemory memory, Moment at) {
        return memory.relay() == null
                && route.isPresent()
                && context.isSmall()
                && memory.probes().isSureToAnswer(at)
                && (memory.traffic().isHearing(at)
                        || memory.session().silentSince().isPresent());
    }

    /** Returns whether a datagram finds out whether the peer answers, where a relay could replace its session. */
    boolean isRefreshed(PeerMemory memory, Moment at) {
        return memory.relay() == null && route.isPresent() && isAsked(memory, at);
    }

    /**
     * Returns whether it is time to find out whether a peer with a session answers, so that its loss would be noticed
     * soon: in its first seconds until that is sure, and later before it is forgotten, while nothing else is sent.
     */
    static boolean isAsked(PeerMemory memory, Moment at) {
        boolean learning =
                memory.probes().isLearning(at) && at.since(memory.since()).compareTo(FIRST) < 0;
        return learning || isKept(memory, at);
    }

    private static boolean isKept(PeerMemory memory, Moment at) {
        return memory.probes().isFading(at)
                && !memory.traffic().isHearing(at)
                && memory.session().silentSince().isEmpty();
    }

    /** Returns why a session that is live runs over a relay; null where it does not. */
    @Nullable
    String reason(PeerMemory memory) {
        if (memory.relay() == null) {
            return null;
        }
        String known = memory.reason();
        if (memory.isConnected() && known != null) {
            return known;
        }
        if (context.relays().isNeitherReachable(peer)) {
            return "both NATs give other destinations another port, so neither lets the other in";
        }
        Trial trial = memory.trial();
        if (trial != null && !isRelay(trial.before())) {
            return "nothing came back from " + trial.before();
        }
        Attempts series = memory.attempts();
        return series == null || series.relayFirst() || series.targets().isEmpty()
                ? "its packets come by the relay"
                : "no handshake with " + where(series.targets()) + " was completed";
    }

    boolean isRelay(Endpoint endpoint) {
        return context.relays().at(endpoint).isPresent();
    }

    private static boolean hadTrial(PeerMemory memory) {
        Trial trial = memory.trial();
        return trial != null && !trial.isRunning();
    }

    private static String where(List<Endpoint> targets) {
        return targets.size() == 1 ? targets.get(0).toString() : targets.size() + " endpoints";
    }
}
