package io.wgsd.command.explain;

import io.wgsd.discovery.AgentHealth;
import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that is known about a peer at one moment. Immutable.
 *
 * @param device the device's name
 * @param peer the peer's key
 * @param reading the device as it is now; empty where it cannot be read
 * @param agent what a running agent knows; empty where none runs
 * @param registries what each registry says now
 * @param probes what was sent in order to find out
 * @param story what happened, the oldest first
 * @param now this moment
 */
record Evidence(
        String device,
        PublicKey peer,
        Optional<Device> reading,
        Optional<Agent> agent,
        List<RegistryView> registries,
        Probes probes,
        List<Story.Happening> story,
        Instant now) {

    /** How long a session can be used (REJECT_AFTER_TIME of drivers/net/wireguard/messages.h). */
    private static final Duration LIFETIME = Duration.ofMinutes(3);

    Evidence {
        registries = List.copyOf(registries);
        story = List.copyOf(story);
    }

    /**
     * What an agent knows.
     *
     * @param health how the agent is
     * @param status what it knows of the peer; empty where it does not know the peer
     * @param relays what it knows of relays
     */
    record Agent(AgentHealth health, Optional<PeerStatus> status, List<RelayStatus> relays) {

        Agent {
            relays = List.copyOf(relays);
        }
    }

    /**
     * What a registry says.
     *
     * @param server its address, in numbers
     * @param port its port
     * @param peer what it says of the peer; empty where it does not list it
     * @param self what it says of this host
     * @param isSelfKnown whether it was asked about this host, and has answered
     * @param failure why it gave no answer; empty where it did
     */
    record RegistryView(
            InetAddress server,
            int port,
            Optional<Advertisement> peer,
            Optional<Advertisement> self,
            boolean isSelfKnown,
            Optional<String> failure) {}

    Optional<PeerStatus> status() {
        return agent.flatMap(Agent::status);
    }

    Optional<PeerState> state() {
        return status().map(PeerStatus::state);
    }

    Optional<PeerStatus.Attempts> attempts() {
        return status().flatMap(PeerStatus::attempts);
    }

    Optional<Peer> peerOnDevice() {
        return reading.flatMap(read -> read.peer(peer));
    }

    /** Returns whether the device is known to be missing or unusable. */
    Optional<String> deviceProblem() {
        Optional<String> problem = agent.flatMap(each -> each.health().deviceProblem());
        return problem.isPresent() || reading.isPresent()
                ? problem
                : Optional.of("there is no WireGuard device " + device + " that can be read");
    }

    /** Returns whether the peer has a session. Where no agent judges that, the age of its handshake has to do. */
    boolean isConnected() {
        return state().filter(state -> state != PeerState.KEPT)
                .map(state -> state == PeerState.DIRECT || state == PeerState.RELAYED)
                .orElseGet(() -> peerOnDevice().filter(this::isShaken).isPresent());
    }

    boolean isRelayed() {
        return status().flatMap(PeerStatus::path)
                .filter(path -> path.kind() == PeerPath.Kind.RELAY)
                .isPresent();
    }

    /** Returns whether a peer's latest handshake is so young that it has a session. */
    boolean isShaken(Peer other) {
        return other.statistics()
                .latestHandshake()
                .filter(stamp -> Duration.between(stamp, now).abs().compareTo(LIFETIME) < 0)
                .isPresent();
    }

    /** Returns whether any registry gives an answer. */
    boolean isAnyRegistryUp() {
        return registries.stream().anyMatch(view -> view.failure().isEmpty());
    }

    /** Returns where the peer is advertised, or where it was according to the agent. */
    Optional<Endpoint> advertised() {
        return views(RegistryView::peer)
                .flatMap(view -> view.endpoints().stream())
                .findFirst()
                .or(() -> isAnyRegistryUp() ? Optional.empty() : status().flatMap(PeerStatus::advertised));
    }

    /** Returns where a registry sees this host. */
    Optional<Endpoint> self() {
        return views(RegistryView::self)
                .flatMap(view -> view.endpoints().stream())
                .findFirst();
    }

    Optional<NatMapping> natThere() {
        return views(RegistryView::peer)
                .flatMap(view -> view.natMapping().stream())
                .findFirst();
    }

    Optional<NatMapping> natHere() {
        return views(RegistryView::self)
                .flatMap(view -> view.natMapping().stream())
                .findFirst();
    }

    /** Returns the relays that hear the peer: only an agent attaches to them. */
    List<PublicKey> relaysThatHearIt() {
        return views(RegistryView::peer)
                .flatMap(view -> view.relays().stream())
                .distinct()
                .toList();
    }

    /** Returns the peer through which a registry is reached. */
    Optional<Peer> hub() {
        return reading.flatMap(read -> {
            CryptokeyRouting routing = CryptokeyRouting.of(read);
            return registries.stream()
                    .flatMap(view -> routing.route(IpAddress.of(view.server().getAddress())).stream())
                    .flatMap(key -> read.peer(key).stream())
                    .findFirst();
        });
    }

    /** Returns whether anything else than this peer and the hub has a session, so that UDP passes. */
    boolean isAnythingElseConnected() {
        Optional<PublicKey> hub = hub().map(Peer::publicKey);
        return reading.stream()
                .flatMap(read -> read.peers().stream())
                .filter(other -> !other.publicKey().equals(peer))
                .filter(other -> !hub.equals(Optional.of(other.publicKey())))
                .anyMatch(this::isShaken);
    }

    /** Returns how far this host's clock is behind what it has shown before, as far as can be seen. */
    Duration clockSetBack() {
        Duration known = attempts().map(PeerStatus.Attempts::clockSetBack).orElse(Duration.ZERO);
        return reading.stream()
                .flatMap(read -> read.peers().stream())
                .flatMap(other -> other.statistics().latestHandshake().stream())
                .map(stamp -> Duration.between(now, stamp))
                .reduce(known, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    private Stream<Advertisement> views(Function<RegistryView, Optional<Advertisement>> which) {
        return registries.stream()
                .flatMap(view -> which.apply(view).stream())
                .sorted(Advertisement.newest(now).reversed());
    }
}
