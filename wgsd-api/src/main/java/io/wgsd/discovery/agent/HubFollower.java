package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.PeerMemory;
import io.wgsd.discovery.registry.Registries;
import io.wgsd.discovery.registry.RegistryPeerEndpoint;
import io.wgsd.discovery.route.Reachability;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets the endpoint of the registry's own peer by its name, while its session is dead; nothing else ever writes that
 * peer.
 *
 * <p>Not thread-safe.
 */
final class HubFollower {

    private final @Nullable RegistryPeerEndpoint endpoint;
    private final Set<PublicKey> kept;
    private final TimeSource clock;
    private final Registries registries;
    private final Reachability reach;
    private final DeviceWriter writer;
    private final Callbacks callbacks;
    private final Runnable wake;

    HubFollower(
            AgentParts parts,
            Registries registries,
            Reachability reach,
            DeviceWriter writer,
            Callbacks callbacks,
            Runnable wake) {
        endpoint = parts.registryEndpoint();
        kept = parts.kept();
        clock = parts.clock();
        this.registries = registries;
        this.reach = reach;
        this.writer = writer;
        this.callbacks = callbacks;
        this.wake = wake;
    }

    void follow(AgentMemory state) {
        RegistryPeerEndpoint following = endpoint;
        Optional<PeerMemory> peer = registries.servers().stream()
                .flatMap(server -> reach.registryPeer(server).stream())
                .findFirst()
                .filter(key -> !kept.contains(key))
                .map(key -> state.peers().get(key));
        if (following == null || peer.isEmpty()) {
            return;
        }
        RegistryPeerEndpoint.Step step = following.look(peer.get(), registries.isAnyUp(), clock.now(), wake);
        step.failure().ifPresent(why -> callbacks.report(new AgentEvent.NameNotResolved(why)));
        step.endpoint().ifPresent(found -> writer.setRegistryPeer(peer.get().peer(), found));
    }
}
