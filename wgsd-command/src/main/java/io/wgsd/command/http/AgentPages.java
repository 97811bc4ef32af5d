package io.wgsd.command.http;

import io.wgsd.command.http.MetricsText.Subject;
import io.wgsd.command.member.MembersView;
import io.wgsd.command.output.AddressText;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.DiscoveryAgent;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.members.PeerNames;
import io.wgsd.micrometer.families.AgentFamilies;
import io.wgsd.micrometer.families.AgentReading;
import io.wgsd.micrometer.families.BuildFamilies;
import io.wgsd.micrometer.families.MembersFamilies;
import io.wgsd.micrometer.families.MembersReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What an agent shows. */
public final class AgentPages implements Pages {

    private final DiscoveryAgent agent;
    private final String device;
    private final PeerNames names;
    private final String version;
    private final boolean perPeer;
    private final Supplier<Optional<MembersView>> members;

    /**
     * Makes the pages of an agent.
     *
     * @param members the list of members that it follows; empty where it follows none
     */
    public AgentPages(
            DiscoveryAgent agent,
            String device,
            PeerNames names,
            String version,
            boolean perPeer,
            Supplier<Optional<MembersView>> members) {
        this.members = members;
        this.agent = agent;
        this.device = device;
        this.names = names;
        this.version = version;
        this.perPeer = perPeer;
    }

    @Override
    public List<String> unhealthy() {
        return agent.health().ended().stream().toList();
    }

    @Override
    public List<String> unready() {
        AgentHealth health = agent.health();
        if (health.isWorking()) {
            return List.of();
        }
        if (health.ended().isPresent()) {
            return List.of(health.ended().get());
        }
        if (!health.isDeviceUp()) {
            return List.of(health.deviceProblem().orElse("device " + device + " has not been read yet"));
        }
        return health.registries().stream().map(AgentPages::problem).toList();
    }

    @Override
    public void metrics(MetricsText text) {
        text.add(BuildFamilies.ALL, List.of(new Subject<>(Map.of("version", version), version)));
        text.add(AgentFamilies.ALL, List.of(new Subject<>(Map.of("device", device), AgentReading.of(agent))));
        text.add(
                MembersFamilies.ALL,
                members.get().stream()
                        .map(view -> new Subject<>(
                                Map.of("device", device),
                                new MembersReading(
                                        view.network(),
                                        view.refusals().size(),
                                        view.problems().size())))
                        .toList());
        if (perPeer) {
            text.add(
                    AgentFamilies.PEER,
                    agent.state().stream()
                            .map(peer -> new Subject<>(labels(peer), peer))
                            .toList());
        }
    }

    private Map<String, String> labels(PeerStatus peer) {
        Map<String, String> labels = new HashMap<>(
                Map.of("device", device, "public_key", peer.publicKey().toBase64()));
        names.of(peer.publicKey()).ifPresent(name -> labels.put("name", name));
        return labels;
    }

    private static String problem(RegistryStatus registry) {
        return registry.reason().orElse("registry " + AddressText.of(registry.server()) + " has not answered yet");
    }
}
