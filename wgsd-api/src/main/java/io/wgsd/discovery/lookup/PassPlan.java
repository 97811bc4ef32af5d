package io.wgsd.discovery.lookup;

import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.PeerOutcome;
import io.wgsd.discovery.PeerOutcome.Kind;
import io.wgsd.discovery.decide.session.Session;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What one pass does about each peer: a pure function of what was seen and asked.
 *
 * @param outcomes one for each peer of the device, in the order of the keys
 * @param tried the peers whose new endpoint is taken back if nothing comes, since their session is suspect and not over
 * @param back the peers whose endpoint is to be taken back
 */
record PassPlan(List<PeerOutcome> outcomes, Set<PublicKey> tried, Set<PublicKey> back) {

    private static final String NOT_DEAD = "it counts as dead only after " + Session.SUSPECT_AFTER_LOSS.toSeconds()
            + " s without an answer, for which an agent waits, and a pass with so long a time-out";

    PassPlan {
        outcomes = List.copyOf(outcomes);
        tried = Set.copyOf(tried);
        back = Set.copyOf(back);
    }

    /**
     * Which peers and endpoints a pass never writes.
     *
     * @param kept peers that the caller named
     * @param registries peers through which registries are reached
     * @param refusal why an endpoint must not be written; empty where it may be
     */
    record Limits(Set<PublicKey> kept, Set<PublicKey> registries, Function<Endpoint, Optional<String>> refusal) {}

    /**
     * Returns the peers to look up: those that may be written, including those with a live session, since there may be
     * news.
     */
    static List<PublicKey> wanted(SessionReading look, Limits limits) {
        List<PublicKey> wanted = new ArrayList<>();
        for (Peer peer : look.device().peers()) {
            if (exemption(peer, limits).isEmpty()) {
                wanted.add(peer.publicKey());
            }
        }
        return wanted;
    }

    /**
     * Returns the endpoints that may be written, or passed over for another: all except an endpoint that a peer already
     * has and that is the only advertised one. Only for these it matters whether there is a route.
     */
    static Set<Endpoint> eligible(SessionReading look, Map<PublicKey, LookupResult> lookups) {
        Set<Endpoint> eligible = new HashSet<>();
        for (Peer peer : look.device().peers()) {
            LookupResult lookup = lookups.get(peer.publicKey());
            if (lookup != null && lookup.found().isPresent()) {
                List<Endpoint> advertised = lookup.found().get().endpoints();
                if (advertised.size() != 1 || !peer.endpoint().equals(Optional.of(advertised.get(0)))) {
                    eligible.addAll(advertised);
                }
            }
        }
        return eligible;
    }

    /**
     * Returns the peers whose session has to be probed: there is another endpoint for the peer, and the session may be
     * live.
     */
    static Set<PublicKey> doubtful(SessionReading look, Map<PublicKey, LookupResult> lookups, Limits limits) {
        Set<PublicKey> doubtful = new HashSet<>();
        for (Peer peer : look.device().peers()) {
            LookupResult lookup = lookups.get(peer.publicKey());
            Session session = look.session(peer);
            if (lookup != null
                    && exemption(peer, limits).isEmpty()
                    && !session.isOver(look.at())
                    && isElsewhere(peer, session, lookup, limits)) {
                doubtful.add(peer.publicKey());
            }
        }
        return doubtful;
    }

    /**
     * Plans a pass.
     *
     * @param look the latest reading of the device
     * @param lookups what the registry said of the peers that were looked up
     * @param probe what was found out about doubtful sessions
     */
    static PassPlan of(SessionReading look, Map<PublicKey, LookupResult> lookups, Limits limits, PassProbe probe) {
        List<PeerOutcome> outcomes = new ArrayList<>();
        Set<PublicKey> tried = new HashSet<>();
        for (Peer peer : look.device().peers()) {
            PublicKey key = peer.publicKey();
            Optional<Kind> exemption = exemption(peer, limits);
            LookupResult lookup = lookups.get(key);
            if (exemption.isPresent()) {
                outcomes.add(PeerOutcome.of(key, exemption.get(), peer.endpoint()));
            } else if (lookup == null) {
                // It was added after the pass began, so nobody asked; the next pass will.
                outcomes.add(PeerOutcome.of(key, Kind.LIVE, peer.endpoint()));
            } else {
                Session session = look.session(peer);
                outcomes.add(outcome(peer, session, look.at(), outcome(peer, lookup, limits), probe));
                if (session.isSilent() && !session.isOver(look.at())) {
                    tried.add(key);
                }
            }
        }
        outcomes.stream()
                .filter(outcome -> outcome.kind() != Kind.UPDATED)
                .forEach(each -> tried.remove(each.publicKey()));
        return new PassPlan(outcomes, tried, Set.of());
    }

    /** Returns the same once it is known whether anything was received from the endpoints that were tried. */
    PassPlan after(SessionReading then, SessionReading now) {
        List<PeerOutcome> after = new ArrayList<>();
        Set<PublicKey> inVain = new HashSet<>();
        for (PeerOutcome outcome : outcomes) {
            PublicKey key = outcome.publicKey();
            Optional<Peer> before = then.device().peer(key);
            Optional<Peer> peer =
                    now.device().peer(key).filter(each -> each.endpoint().equals(outcome.endpoint()));
            if (tried.contains(key)
                    && peer.isPresent()
                    && before.isPresent()
                    && before.get().statistics().rxBytes()
                            == peer.get().statistics().rxBytes()) {
                inVain.add(key);
                after.add(PeerOutcome.spared(
                        key,
                        outcome.previousEndpoint(),
                        "nothing came from it, nor from " + outcome.endpoint().orElseThrow()
                                + " where it is advertised"));
            } else {
                after.add(outcome);
            }
        }
        return new PassPlan(after, tried, inVain);
    }

    /** Returns what takes back what was tried without success; empty where nothing was. */
    Optional<DeviceChange> takingBack() {
        DeviceChange.Builder change = DeviceChange.builder();
        for (PeerOutcome outcome : outcomes) {
            if (back.contains(outcome.publicKey())) {
                outcome.endpoint()
                        .ifPresent(endpoint ->
                                change.peer(outcome.publicKey()).updateOnly().endpoint(endpoint));
            }
        }
        return back.isEmpty() ? Optional.empty() : Optional.of(change.build());
    }

    /** Returns the peers' changes; empty where nothing is to be written. */
    Optional<DeviceChange> change() {
        DeviceChange.Builder change = DeviceChange.builder();
        boolean empty = true;
        for (PeerOutcome outcome : outcomes) {
            if (outcome.kind() == Kind.UPDATED) {
                change.peer(outcome.publicKey())
                        .updateOnly()
                        .endpoint(outcome.endpoint().orElseThrow());
                empty = false;
            }
        }
        return empty ? Optional.empty() : Optional.of(change.build());
    }

    /** Returns the peers that have the advertised endpoint, and no session yet. */
    List<PublicKey> ready() {
        List<PublicKey> ready = new ArrayList<>();
        for (PeerOutcome outcome : outcomes) {
            if (outcome.kind() == Kind.UPDATED || outcome.kind() == Kind.UNCHANGED) {
                ready.add(outcome.publicKey());
            }
        }
        return ready;
    }

    private static Optional<Kind> exemption(Peer peer, Limits limits) {
        if (limits.kept().contains(peer.publicKey())) {
            return Optional.of(Kind.KEPT);
        }
        return limits.registries().contains(peer.publicKey()) ? Optional.of(Kind.REGISTRY) : Optional.empty();
    }

    /**
     * Returns whether there is another endpoint for a peer; one with a live session may be at any that is advertised.
     */
    private static boolean isElsewhere(Peer peer, Session session, LookupResult lookup, Limits limits) {
        boolean other = outcome(peer, lookup, limits).kind() == Kind.UPDATED;
        boolean advertised = lookup.found().stream()
                .flatMap(found -> found.endpoints().stream())
                .anyMatch(endpoint -> peer.endpoint().equals(Optional.of(endpoint)));
        return other && (session.isUnproven() || !advertised);
    }

    private static PeerOutcome outcome(Peer peer, Session session, Moment at, PeerOutcome planned, PassProbe probe) {
        PublicKey key = peer.publicKey();
        String elsewhere = "it is advertised at "
                + planned.endpoint().map(Endpoint::toString).orElse("") + " and did not answer; " + NOT_DEAD;
        if (session.isLive(at)) {
            return planned.kind() == Kind.UPDATED && probe.isUnanswered(peer)
                    ? PeerOutcome.spared(key, peer.endpoint(), elsewhere)
                    : PeerOutcome.of(key, Kind.LIVE, peer.endpoint());
        }
        boolean spared = session.isUnproven() && !session.isSilent() && !probe.isMute(peer);
        return spared && planned.kind() == Kind.UPDATED ? PeerOutcome.spared(key, peer.endpoint(), elsewhere) : planned;
    }

    private static PeerOutcome outcome(Peer peer, LookupResult lookup, Limits limits) {
        if (lookup instanceof LookupResult.Failed failed) {
            return PeerOutcome.failed(peer.publicKey(), peer.endpoint(), failed.cause());
        }
        return lookup.found()
                .map(advertisement -> outcome(peer, advertisement, limits))
                .orElseGet(() -> PeerOutcome.of(peer.publicKey(), Kind.NOT_ADVERTISED, peer.endpoint()));
    }

    private static PeerOutcome outcome(Peer peer, Advertisement advertisement, Limits limits) {
        String firstRefusal = null;
        for (Endpoint endpoint : advertisement.endpoints()) {
            Optional<String> refusal = limits.refusal().apply(endpoint);
            if (refusal.isEmpty()) {
                return peer.endpoint().equals(Optional.of(endpoint))
                        ? PeerOutcome.of(peer.publicKey(), Kind.UNCHANGED, peer.endpoint())
                        : PeerOutcome.updated(peer.publicKey(), endpoint, peer.endpoint());
            }
            firstRefusal = firstRefusal == null ? refusal.get() : firstRefusal;
        }
        return firstRefusal == null
                ? PeerOutcome.of(peer.publicKey(), Kind.NOT_ADVERTISED, peer.endpoint())
                : PeerOutcome.refused(
                        peer.publicKey(), advertisement.endpoints().get(0), peer.endpoint(), firstRefusal);
    }
}
