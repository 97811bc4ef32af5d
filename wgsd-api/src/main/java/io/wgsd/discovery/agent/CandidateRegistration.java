package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.discovery.candidate.OwnCandidates;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.local.Nearby;
import io.wgsd.discovery.registry.PeerCandidates;
import io.wgsd.discovery.registry.Registrar;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Registers where else this host can be reached, for as long as an agent runs, and finds out the same of its peers. An
 * agent that registers nothing does not ask either.
 *
 * <p>Not thread-safe, except {@link #networkChanged}.
 */
final class CandidateRegistration {

    private static final Duration LIFETIME = Duration.ofSeconds(10);

    private final OwnCandidates candidates;
    private final Registrar registrar;
    private final PeerCandidates ofPeers;
    private final boolean isUsed;
    private final Routes routes;
    private final Reachability reach;
    private final Callbacks callbacks;
    private volatile boolean changed;
    private @Nullable Moment lookedAt;
    private List<AttachedNetwork> networks = List.of();

    /**
     * Starts the sources of candidates.
     *
     * @param wake is run, on any thread, when there is something to do
     */
    CandidateRegistration(AgentParts parts, Reachability reach, Callbacks callbacks, Runnable wake) {
        candidates = new OwnCandidates(parts.candidateSources(), parts.threads(), wake);
        registrar = new Registrar(parts.channels(), parts.clock(), wake);
        ofPeers = new PeerCandidates(parts.channels(), wake);
        isUsed = !parts.candidateSources().isEmpty();
        routes = parts.routes();
        this.reach = reach;
        this.callbacks = callbacks;
    }

    /** Notes that the sources may say something else; from any thread. */
    void networkChanged() {
        candidates.changed();
        changed = true;
    }

    /**
     * Returns what peers have registered of themselves, as far as this host may try it.
     *
     * @param read the device as it was read
     * @param state what is remembered
     * @param advertised where a registry sees a peer
     * @param self where a registry sees this host
     */
    Map<PublicKey, Nearby> nearby(
            Device read,
            AgentMemory state,
            Function<PublicKey, Optional<Endpoint>> advertised,
            Optional<Endpoint> self,
            Moment at) {
        if (!isUsed) {
            return Map.of();
        }
        Moment before = lookedAt;
        if (changed || before == null || at.since(before).compareTo(LIFETIME) >= 0) {
            changed = false;
            lookedAt = at;
            networks = routes.networks(read.name());
            ofPeers.retain(state.peers().keySet());
        }
        return ofPeers.follow(state.peers().values(), advertised, self, networks, reach, at);
    }

    /** Reports an event of a registry, which may have been restarted and have forgotten what was registered. */
    void heard(AgentEvent event) {
        if (event instanceof AgentEvent.RegistryUp up) {
            registrar.lost(up.server());
        }
        callbacks.report(event);
    }

    /**
     * Registers what is to be registered now.
     *
     * @param device the device as it was read last
     * @param seen where a registry sees this host
     */
    void follow(Device device, Optional<Endpoint> seen, Moment at) {
        device.publicKey()
                .ifPresent(key -> registrar
                        .register(key, candidates.of(device, seen, at), reach)
                        .forEach(callbacks::report));
    }

    /** Takes back what is registered, and ends the sources; waits for a second at most, besides the sources. */
    void end() {
        registrar.end(reach);
        candidates.close();
    }
}
