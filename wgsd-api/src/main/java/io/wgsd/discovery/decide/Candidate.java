package io.wgsd.discovery.decide;

import io.wgsd.model.Endpoint;
import java.util.Optional;

/**
 * An endpoint at which a peer may be.
 *
 * @param endpoint the endpoint
 * @param refusal why it must not be written; empty where it may be
 * @param remembered whether it is from before this agent started, since no registry advertises one
 * @param doubt why packets may not get there though it may be written; empty where there is no doubt
 */
public record Candidate(Endpoint endpoint, Optional<String> refusal, boolean remembered, Optional<String> doubt) {

    Candidate(Endpoint endpoint, Optional<String> refusal, boolean remembered) {
        this(endpoint, refusal, remembered, Optional.empty());
    }

    public static Candidate advertised(Endpoint endpoint) {
        return new Candidate(endpoint, Optional.empty(), false);
    }
}
