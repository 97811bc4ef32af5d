package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.candidate.OwnCandidates;
import io.wgsd.discovery.registry.Registrar;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import java.util.Optional;

/**
 * Registers where else this host can be reached, for as long as an agent runs.
 *
 * <p>Not thread-safe, except {@link #networkChanged}.
 */
final class CandidateRegistration {

    private final OwnCandidates candidates;
    private final Registrar registrar;
    private final Reachability reach;
    private final Callbacks callbacks;

    /**
     * Starts the sources of candidates.
     *
     * @param wake is run, on any thread, when there is something to do
     */
    CandidateRegistration(AgentParts parts, Reachability reach, Callbacks callbacks, Runnable wake) {
        candidates = new OwnCandidates(parts.candidateSources(), parts.threads(), wake);
        registrar = new Registrar(parts.channels(), parts.clock(), wake);
        this.reach = reach;
        this.callbacks = callbacks;
    }

    /** Notes that the sources may say something else; from any thread. */
    void networkChanged() {
        candidates.changed();
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
