package io.wgsd.discovery;

import io.wgsd.model.Endpoint;
import java.util.Optional;

/**
 * An endpoint at which a peer may be.
 *
 * @param endpoint the endpoint
 * @param refusal why it must not be written; empty where it may be
 * @param remembered whether it was good before this agent started, and no registry says anything
 */
record Candidate(Endpoint endpoint, Optional<String> refusal, boolean remembered) {

    static Candidate advertised(Endpoint endpoint) {
        return new Candidate(endpoint, Optional.empty(), false);
    }
}
