package io.wgsd.discovery.decide.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A relay that a registry announces.
 *
 * @param publicKey its key
 * @param endpoints where this host may reach it, best first
 * @param refusal why there is no such endpoint; empty where there is one
 */
public record KnownRelay(PublicKey publicKey, List<Endpoint> endpoints, Optional<String> refusal) {}
