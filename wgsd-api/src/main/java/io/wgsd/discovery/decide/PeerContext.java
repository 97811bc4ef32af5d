package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.relay.RelayView;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Optional;

/**
 * What a decision about one peer depends on besides the peer: the same for all peers of a device at one time.
 *
 * @param own the device's public key
 * @param at when the device was read
 * @param roundTrip the round trip to the nearest registry
 * @param mayRestart whether a peer may be restarted, and the backend can do it in one transaction
 * @param networkBack whether a registry can be reached again, after none could
 * @param canary whether no registry can be reached, and this peer is one of the few that are asked about meanwhile
 * @param self where a registry sees this host; empty where none says
 * @param listenPort where this host listens
 * @param relays the relays
 * @param isSmall whether the device has so few peers that reading it often costs little
 * @param setBack how far the wall clock is behind the latest time that it has shown
 * @param seed what makes two hosts' pauses differ
 */
record PeerContext(
        PublicKey own,
        Moment at,
        Duration roundTrip,
        boolean mayRestart,
        boolean networkBack,
        boolean canary,
        Optional<Endpoint> self,
        int listenPort,
        RelayView relays,
        boolean isSmall,
        Duration setBack,
        long seed) {

    PeerContext canary(boolean value) {
        return new PeerContext(
                own, at, roundTrip, mayRestart, networkBack, value, self, listenPort, relays, isSmall, setBack, seed);
    }
}
