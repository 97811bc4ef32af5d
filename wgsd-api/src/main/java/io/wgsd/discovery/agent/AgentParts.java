package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.CandidateSource;
import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.lookup.Pass;
import io.wgsd.discovery.lookup.PassRegistry;
import io.wgsd.discovery.lookup.Pause;
import io.wgsd.discovery.registry.RegistryChannel;
import io.wgsd.discovery.registry.RegistryPeerEndpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is made of.
 *
 * @param source where the device is read and written
 * @param device the device's name
 * @param channels the registries
 * @param kept peers that are never written
 * @param insecureDnsAllowed whether registries are believed that are not reached through the device
 * @param restartsAllowed whether peers without a session may be restarted
 * @param relaysAllowed whether relays are used
 * @param routes the host's addresses and routes
 * @param trigger what sends datagrams
 * @param store keeps what must not be forgotten
 * @param listener receives events
 * @param recorder takes a line for each look, from which its decisions can be made again; null if there is none
 * @param clock tells the time
 * @param seed what makes two hosts' pauses differ
 * @param registryEndpoint looks up where the registry's own peer is; null if the caller named no host
 * @param candidateSources find where else this host can be reached
 * @param threads makes threads for what would make the agent wait
 */
public record AgentParts(
        PeerSource source,
        String device,
        List<RegistryChannel> channels,
        Set<PublicKey> kept,
        boolean insecureDnsAllowed,
        boolean restartsAllowed,
        boolean relaysAllowed,
        Routes routes,
        Trigger trigger,
        AgentStore store,
        AgentEvent.Listener listener,
        @Nullable Consumer<String> recorder,
        TimeSource clock,
        long seed,
        @Nullable RegistryPeerEndpoint registryEndpoint,
        List<CandidateSource> candidateSources,
        ThreadFactory threads) {

    /** Returns a single pass over the device, which asks a registry. */
    public Pass pass(PassRegistry registry) {
        Pass.Subject subject = new Pass.Subject(source, device, kept, insecureDnsAllowed, routes, trigger, clock);
        return new Pass(subject, registry, Pause.real());
    }
}
