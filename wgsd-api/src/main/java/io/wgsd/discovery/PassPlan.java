package io.wgsd.discovery;

import io.wgsd.discovery.PeerOutcome.Kind;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
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
 */
record PassPlan(List<PeerOutcome> outcomes) {

    PassPlan {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * Whom and what a pass never writes.
     *
     * @param kept peers that the caller named
     * @param registries peers through whom registries are reached
     * @param refusal why an endpoint must not be written; empty where it may be
     */
    record Limits(Set<PublicKey> kept, Set<PublicKey> registries, Function<Endpoint, Optional<String>> refusal) {}

    /** Returns whom to look up: those who may be written and have no live session. */
    static List<PublicKey> wanted(Look look, Limits limits) {
        List<PublicKey> wanted = new ArrayList<>();
        for (Peer peer : look.device().peers()) {
            if (exemption(peer, look, limits).isEmpty()) {
                wanted.add(peer.publicKey());
            }
        }
        return wanted;
    }

    /**
     * Returns the endpoints that may be written, or passed over for another: all but those that a peer has already and is
     * advertised at alone. Only to these it matters whether there is a route.
     */
    static Set<Endpoint> eligible(Look look, Map<PublicKey, LookupResult> lookups) {
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
     * Plans a pass.
     *
     * @param look the latest look at the device
     * @param lookups what the registry said of those who were wanted
     */
    static PassPlan of(Look look, Map<PublicKey, LookupResult> lookups, Limits limits) {
        List<PeerOutcome> outcomes = new ArrayList<>();
        for (Peer peer : look.device().peers()) {
            Optional<Kind> exemption = exemption(peer, look, limits);
            LookupResult lookup = lookups.get(peer.publicKey());
            if (exemption.isPresent()) {
                outcomes.add(PeerOutcome.of(peer.publicKey(), exemption.get(), peer.endpoint()));
            } else if (lookup == null) {
                // It was live when the pass began, so nobody asked; the next pass will.
                outcomes.add(PeerOutcome.of(peer.publicKey(), Kind.LIVE, peer.endpoint()));
            } else {
                outcomes.add(outcome(peer, lookup, limits));
            }
        }
        return new PassPlan(outcomes);
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

    private static Optional<Kind> exemption(Peer peer, Look look, Limits limits) {
        if (limits.kept().contains(peer.publicKey())) {
            return Optional.of(Kind.KEPT);
        }
        if (limits.registries().contains(peer.publicKey())) {
            return Optional.of(Kind.REGISTRY);
        }
        return look.isLive(peer) ? Optional.of(Kind.LIVE) : Optional.empty();
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
