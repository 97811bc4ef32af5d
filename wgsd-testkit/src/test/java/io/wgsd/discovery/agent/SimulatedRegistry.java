package io.wgsd.discovery.agent;

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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers in the lab's registry what its WireGuard had at the latest look, which it takes as often as the real one; and tells
 * followers of changes, until they say that they have heard.
 */
final class SimulatedRegistry {

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration REPEAT = Duration.ofMillis(300);
    private static final int MOST_REPEATS = 50;

    private final NatLab lab;
    private final SimulatedWireGuard wireGuard;
    private final Map<PublicKey, Endpoint> snapshot = new HashMap<>();
    private final Map<PublicKey, Endpoint> lies = new HashMap<>();
    private final Map<PublicKey, Endpoint> told = new HashMap<>();
    private final Map<Endpoint, Set<PublicKey>> followers = new LinkedHashMap<>();
    private final Set<Integer> unheard = new HashSet<>();
    private boolean answering = true;
    private boolean pushing;
    private int lastTold;

    SimulatedRegistry(NatLab lab) {
        this.lab = lab;
        wireGuard = lab.registry().wireGuard(DEVICE);
        wireGuard.bind(53, this::answer);
        lab.timeline().scheduleAtFixedRate(Duration.ZERO, LOOK, this::look);
    }

    /** Has it tell of changes by itself. */
    SimulatedRegistry pushing() {
        pushing = true;
        return this;
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

    /** Returns what it says of a peer. */
    Optional<Endpoint> says(PublicKey key) {
        return Optional.ofNullable(lies.getOrDefault(key, snapshot.get(key)));
    }

    private void look() {
        for (Peer peer : wireGuard.device().read().peers()) {
            peer.endpoint().ifPresent(endpoint -> snapshot.put(peer.publicKey(), endpoint));
        }
        if (!answering) {
            return;
        }
        for (PublicKey key : snapshot.keySet()) {
            Endpoint now = says(key).orElseThrow();
            if (!now.equals(told.put(key, now))) {
                followers.forEach((follower, keys) -> tell(follower, keys, key));
            }
        }
    }

    private void tell(Endpoint follower, Set<PublicKey> keys, PublicKey key) {
        if (keys.contains(key)) {
            SimulatedChannel.Told news = new SimulatedChannel.Told(++lastTold, key, advertisement(key));
            unheard.add(news.id());
            tell(follower, news, 0);
        }
    }

    private void tell(Endpoint follower, SimulatedChannel.Told news, int repeats) {
        if (unheard.contains(news.id()) && answering && repeats < MOST_REPEATS) {
            wireGuard.send(53, follower, 200, news);
            lab.timeline().schedule(REPEAT, () -> tell(follower, news, repeats + 1));
        }
    }

    private void answer(TunnelDatagram datagram) {
        Endpoint asker = datagram.source();
        if (datagram.payload() instanceof SimulatedChannel.Heard heard) {
            unheard.remove(heard.id());
        } else if (!answering) {
            return;
        } else if (datagram.payload() instanceof SimulatedChannel.Query query) {
            wireGuard.send(
                    53, asker, 200, new SimulatedChannel.ScriptedResponse(query.id(), advertisement(query.key())));
        } else if (datagram.payload() instanceof SimulatedChannel.Follow follow && pushing) {
            followers.put(asker, follow.keys());
            wireGuard.send(53, asker, 20, new SimulatedChannel.Followed());
            if (follow.first()) {
                snapshot.keySet().forEach(key -> tell(asker, follow.keys(), key));
            }
        }
    }

    private Optional<Advertisement> advertisement(PublicKey key) {
        return says(key)
                .map(endpoint -> Advertisement.builder(key).endpoint(endpoint).build());
    }
}
