package io.wgsd.discovery.decide;

import io.wgsd.discovery.Moment;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All that a decision depends on, seen at one moment. Immutable and thread-safe.
 *
 * @param device the device as it was read
 * @param candidates where a peer may be, best first; the same each time it is asked
 * @param kept the peers that are never written: those the caller named, and those through whom registries are reached
 * @param routed whether a datagram can be sent to a peer through the tunnel
 * @param mayRestart whether a peer may be restarted, and the backend can do it in one transaction
 * @param reachable whether any registry answers
 * @param roundTrip the round trip to the nearest registry
 * @param self where a registry sees this host; empty where none says
 * @param at when the device was read
 */
public record Observation(
        Device device,
        Function<PublicKey, List<Candidate>> candidates,
        Set<PublicKey> kept,
        Predicate<PublicKey> routed,
        boolean mayRestart,
        boolean reachable,
        Duration roundTrip,
        Optional<Endpoint> self,
        Moment at) {}
