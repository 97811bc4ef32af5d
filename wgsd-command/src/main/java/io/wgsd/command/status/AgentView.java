package io.wgsd.command.status;

import io.wgsd.command.member.MembersView;
import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent at one moment.
 *
 * @param device the device's name
 * @param health how it is
 * @param peers what it knows of each peer
 * @param relays what it knows of each relay
 * @param reading the device as it is now; empty where it cannot be read
 * @param names the names of peers
 * @param members the list of members that it follows; empty where it follows none
 * @param tls to which server packets are carried over TLS; empty where they are not
 * @param now this moment
 */
record AgentView(
        String device,
        AgentHealth health,
        List<PeerStatus> peers,
        List<RelayStatus> relays,
        Optional<Device> reading,
        PeerNames names,
        Optional<MembersView> members,
        Optional<String> tls,
        Instant now) {

    AgentView {
        peers = List.copyOf(peers);
        relays = List.copyOf(relays);
    }

    /** Returns whether all is well. A peer that no registry lists, or that is being connected, is no fault. */
    boolean isWell() {
        return health.isWorking()
                && health.registries().stream()
                        .noneMatch(registry -> registry.state() == RegistryStatus.State.DOWN
                                || registry.state() == RegistryStatus.State.NOT_ASKED)
                && peers.stream().noneMatch(peer -> isCutOff(peer.state()))
                && members.stream()
                        .allMatch(list -> list.problems().isEmpty()
                                && list.network()
                                        .filter(network -> !network.isHalfOver(now))
                                        .isPresent());
    }

    static boolean isCutOff(PeerState state) {
        return state == PeerState.SILENT || state == PeerState.UNREACHABLE;
    }

    static boolean isConnected(PeerState state) {
        return state == PeerState.DIRECT || state == PeerState.RELAYED;
    }
}
