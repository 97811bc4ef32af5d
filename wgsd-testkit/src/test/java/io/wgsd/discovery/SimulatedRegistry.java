package io.wgsd.discovery;

import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedWireGuard;
import io.wgsd.testkit.net.TunnelDatagram;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers in the lab's registry what its WireGuard had at the latest look, which it takes as often as the real one. */
final class SimulatedRegistry {

    private static final Duration LOOK = Duration.ofMillis(50);

    private final SimulatedWireGuard wireGuard;
    private final Map<PublicKey, Endpoint> snapshot = new HashMap<>();
    private final Map<PublicKey, Endpoint> lies = new HashMap<>();
    private boolean answering = true;

    SimulatedRegistry(NatLab lab) {
        wireGuard = lab.registry().wireGuard(DEVICE);
        wireGuard.bind(53, this::answer);
        lab.timeline().scheduleAtFixedRate(Duration.ZERO, LOOK, this::look);
    }

    /** Has it advertise something else than what is true; null ends that. */
    void lie(PublicKey key, Endpoint endpoint) {
        lies.put(key, endpoint);
    }

    void tellTheTruth() {
        lies.clear();
    }

    void answering(boolean value) {
        answering = value;
    }

    private void look() {
        for (Peer peer : wireGuard.device().read().peers()) {
            peer.endpoint().ifPresent(endpoint -> snapshot.put(peer.publicKey(), endpoint));
        }
    }

    private void answer(TunnelDatagram datagram) {
        if (!answering) {
            return;
        }
        SimulatedFeed.Query query = (SimulatedFeed.Query) datagram.payload();
        Endpoint endpoint = lies.getOrDefault(query.key(), snapshot.get(query.key()));
        Optional<Advertisement> answer = Optional.ofNullable(endpoint)
                .map(known -> Advertisement.builder(query.key()).endpoint(known).build());
        wireGuard.send(53, datagram.source(), 200, new SimulatedFeed.Reply(query.id(), answer));
    }
}
