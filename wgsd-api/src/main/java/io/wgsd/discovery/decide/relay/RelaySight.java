package io.wgsd.discovery.decide.relay;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision about relays depends on, seen at one moment.
 *
 * @param device the device as it was read
 * @param news what the registries say
 * @param kept the peers that are never written
 * @param used the relays over which peers run
 * @param silent for each relay over which a peer runs that does not answer, since when the last of them has not
 * @param needed for each relay that a peer without a live session may be reached by, since when the last of them has
 *     been without one
 * @param roundTrip the round trip to the nearest registry
 * @param self where a registry sees this host; empty where none says
 * @param at when the device was read
 */
public record RelaySight(
        Device device,
        RelayNews news,
        Set<PublicKey> kept,
        Set<PublicKey> used,
        Map<PublicKey, Moment> silent,
        Map<PublicKey, Moment> needed,
        Duration roundTrip,
        Optional<Endpoint> self,
        Moment at) {}
