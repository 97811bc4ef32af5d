package io.wgsd.command.explain;

import io.wgsd.command.explain.Cause.Kind;
import io.wgsd.command.explain.Evidence.RegistryView;
import io.wgsd.command.explain.Probes.Answer;
import io.wgsd.command.host.PrivateNetworks;
import io.wgsd.discovery.AgentEvent.PeerChanged;
import io.wgsd.discovery.AgentEvent.PeerRoamed;
import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the causes that fit what was seen, the most likely first. Nothing is named that was not seen. */
final class Causes {

    /** A peer that moves seldom comes back this often, and that soon, to where it was. */
    private static final int RETURNS = 3;

    private static final Duration RECENTLY = Duration.ofMinutes(10);

    /** Handshakes and keepalives alone take days to be so many bytes. */
    private static final long LITTLE = 64 * 1024;

    private static final Duration NOTABLE = Duration.ofSeconds(2);

    /** A peer that has moved is not heard any more where it was. */
    private static final Duration SETTLED = Duration.ofSeconds(20);

    private final Evidence seen;

    Causes(Evidence seen) {
        this.seen = seen;
    }

    /** Returns what is wrong, or may be; nothing where all is well. */
    List<Cause> troubles() {
        Optional<String> device = seen.deviceProblem();
        if (device.isPresent()) {
            return List.of(new Cause(
                    Kind.DEVICE_GONE,
                    "this host's device cannot be used: " + device.get(),
                    "\"wgsd show\" lists the devices that are here",
                    "bring it up, as with \"wg-quick up " + seen.device() + "\"; the agent waits for it"));
        }
        if (seen.peerOnDevice().isEmpty()) {
            return List.of(new Cause(
                    Kind.NOT_A_PEER,
                    seen.device() + " has no peer with this key",
                    "\"wg show " + seen.device() + "\" lists its peers",
                    "add it to the configuration of " + seen.device() + ", with its key and allowed IPs"));
        }
        return seen.isConnected() ? inSession() : withoutSession();
    }

    private List<Cause> inSession() {
        List<Cause> causes = new ArrayList<>();
        duplicated().ifPresent(causes::add);
        if (seen.probes().isOnlySmall()) {
            causes.add(new Cause(
                    Kind.MTU,
                    "packets as large as the MTU of " + seen.device() + " ("
                            + seen.probes().mtu() + ") are lost on the way, and small ones arrive",
                    "a ping of less than that size without fragments (\"ping -M do -s SIZE\") gets through",
                    "set a lower MTU on both sides (\"MTU = 1280\" in the configuration always fits)"));
        }
        if (seen.probes().isUnanswered()) {
            causes.addAll(nothingBehindTheTunnel());
        }
        return causes;
    }

    private List<Cause> nothingBehindTheTunnel() {
        Cause prefixes = new Cause(
                Kind.ALLOWED_IPS_MISSING_THERE,
                "this host's tunnel address is not in the allowed IPs that the peer has for this host, so that it drops"
                        + " what is in the tunnel",
                "\"wg show\" there lists no such address for this host's key",
                "add this host's tunnel address there as AllowedIPs");
        Cause firewall = new Cause(
                Kind.FIREWALL_THERE,
                "a firewall there drops what comes out of the tunnel, as that of Windows does with pings",
                "its counters or its log show that",
                "allow there what has to arrive through the tunnel");
        boolean isLittle = seen.peerOnDevice()
                .map(Peer::statistics)
                .filter(numbers -> Long.compareUnsigned(numbers.rxBytes(), LITTLE) < 0)
                .isPresent();
        Cause cut = new Cause(
                Kind.JUST_CUT,
                "the path was cut less than half a minute ago, and the session is not known to be dead yet",
                "asked again in half a minute, the peer has another state",
                "nothing yet: the agent looks for another path by itself");
        if (!seen.registries().isEmpty() && !seen.isAnyRegistryUp()) {
            return List.of(cut, prefixes, firewall);
        }
        return isLittle ? List.of(prefixes, firewall, cut) : List.of(firewall, prefixes, cut);
    }

    /**
     * Returns what is strange about a peer that is reached, though it may be as it should: it answers in one place, and
     * the registry hears it in another. A host has an address in each family, and others in its local network.
     */
    List<Cause> oddities() {
        Optional<Endpoint> inUse = seen.peerOnDevice().flatMap(Peer::endpoint).filter(Causes::isPublic);
        return seen.registries().stream()
                .flatMap(view -> view.peer().stream())
                .filter(said -> seen.probes().small() == Answer.ANSWERED && isSettled(said))
                .flatMap(said -> said.endpoints().stream().limit(1))
                .filter(there -> isPublic(there)
                        && inUse.isPresent()
                        && inUse.get().address().isIpv6() == there.address().isIpv6()
                        && !inUse.get().address().equals(there.address()))
                .map(there -> duplicate("the peer answers from " + inUse.get() + " now, and the registry hears it at "
                        + there + ": perhaps two hosts have this key"))
                .limit(1)
                .toList();
    }

    private boolean isSettled(Advertisement said) {
        return said.since()
                .filter(since -> Duration.between(since, seen.now()).compareTo(SETTLED) >= 0)
                .isPresent();
    }

    private static boolean isPublic(Endpoint endpoint) {
        return !PrivateNetworks.contain(endpoint.address());
    }

    private static Cause duplicate(String what) {
        return new Cause(
                Kind.DUPLICATED_KEY,
                what,
                "one host with two ways out does that too; the log of the registry says that the peer"
                        + " alternates, and the zone keeps the first endpoint meanwhile",
                "give one of the hosts a key of its own");
    }

    private Optional<Cause> duplicated() {
        Set<Endpoint> places = new HashSet<>();
        int returns = 0;
        for (Story.Happening entry : seen.story()) {
            boolean recent = Duration.between(entry.at(), seen.now()).compareTo(RECENTLY) < 0;
            if (recent && entry.event() instanceof PeerRoamed roamed) {
                places.add(roamed.previous());
                returns += places.contains(roamed.endpoint()) ? 1 : 0;
                places.add(roamed.endpoint());
            }
        }
        return returns < RETURNS
                ? Optional.empty()
                : Optional.of(duplicate("perhaps two hosts have this key: packets with it come from " + places.size()
                        + " endpoints in turns"));
    }

    private List<Cause> withoutSession() {
        List<Cause> causes = new ArrayList<>();
        clock().ifPresent(causes::add);
        notAsked().ifPresent(causes::add);
        seen.probes().sendProblem().map(this::notSent).ifPresent(causes::add);
        if (!seen.registries().isEmpty() && !seen.isAnyRegistryUp()) {
            causes.addAll(registryAway());
        }
        Optional<PeerStatus.Attempts> attempts = seen.attempts();
        if (refusal().isPresent()) {
            causes.add(refused(refusal().get()));
        } else if (seen.isAnyRegistryUp() && seen.advertised().isEmpty()) {
            causes.add(notListed());
        } else if (attempts.isPresent() || seen.advertised().isPresent()) {
            causes.addAll(new Unanswered(seen).list());
        }
        return causes;
    }

    private Optional<Cause> clock() {
        Duration back = seen.clockSetBack();
        return back.compareTo(NOTABLE) < 0
                ? Optional.empty()
                : Optional.of(new Cause(
                        Kind.CLOCK,
                        "this host's clock was set back: peers that have heard this host before refuse its handshakes"
                                + " for " + back.toSeconds() + " s more, until it has passed the old time",
                        "other peers with an old session refuse them too; \"timedatectl\" says whether the clock is right",
                        "set the clock right; if it is right now, wait that long"));
    }

    private Optional<Cause> notAsked() {
        List<RegistryStatus> known =
                seen.agent().map(agent -> agent.health().registries()).orElse(List.of());
        return known.isEmpty() || known.stream().anyMatch(each -> each.state() != RegistryStatus.State.NOT_ASKED)
                ? Optional.empty()
                : Optional.of(new Cause(
                        Kind.REGISTRY_NOT_ASKED,
                        "the agent does not ask: " + known.get(0).reason().orElse("the registry is not trusted"),
                        "\"wgsd status\" says \"not asked\"",
                        "give the registry's address inside of the tunnel, and the registry's peer that address as"
                                + " allowed IPs"));
    }

    private Cause notSent(String problem) {
        if (!problem.contains("not permitted")) {
            return new Cause(
                    Kind.NO_ROUTE,
                    "this host cannot send to the peer's endpoint: " + problem,
                    "\"ip route get\" to the endpoint says so",
                    "see to this host's routes, or to its link");
        }
        return new Cause(
                Kind.FIREWALL_HERE,
                "this host does not let packets out to the peer: a datagram to its endpoint was refused here ("
                        + problem + ")",
                "a rule in the output chain counts them (\"nft list ruleset\", \"iptables -L OUTPUT -v\")",
                "allow WireGuard to send UDP to any port");
    }

    private List<Cause> registryAway() {
        RegistryView asked = seen.registries().get(0);
        String name = asked.server().getHostAddress() + ":" + asked.port();
        Optional<Peer> hub = seen.hub();
        if (hub.isEmpty() || seen.probes().hubHeard().orElseGet(() -> seen.isShaken(hub.get()))) {
            return List.of(new Cause(
                    Kind.REGISTRY_AWAY,
                    "the registry at " + name + " does not answer, so that it is not known where the peer is"
                            + (hub.isEmpty() ? "" : ", though the tunnel to its host is up"),
                    "\"wgsd status\" on its host says whether it runs",
                    "start it, or let UDP port " + asked.port() + " in there through the tunnel"));
        }
        Cause tunnel = new Cause(
                Kind.REGISTRY_TUNNEL_DOWN,
                "the tunnel to the registry's host is down, so that it is not known where the peer is",
                "other hosts do not reach the registry either; the \"transfer\" of its peer in \"wg show\" here does not grow",
                "see to WireGuard on the registry's host, and to its endpoint in the configuration here"
                        + " (--registry-endpoint follows a name)");
        if (seen.isAnythingElseConnected()) {
            return List.of(tunnel);
        }
        boolean byTcp = seen.probes().hubByTcp().orElse(false);
        Cause blocked = new Cause(
                Kind.UDP_BLOCKED,
                byTcp
                        ? "no UDP gets through: no peer has a session, and the registry's host answers to TCP"
                        : "no UDP gets through, or this host is offline: no peer has a session",
                "from another network it works; a DNS query by UDP to a public resolver has no answer either",
                "let out UDP to any port, or take another network");
        return byTcp ? List.of(blocked, tunnel) : List.of(tunnel, blocked);
    }

    /** An agent that makes no attempts at a peer whose endpoint it knows has a reason not to use it. */
    private Optional<String> refusal() {
        return seen.status()
                .filter(status -> status.state() == PeerState.UNREACHABLE
                        && status.attempts().isEmpty())
                .flatMap(PeerStatus::reason);
    }

    private Cause refused(String why) {
        Optional<Boolean> isIpv6 = seen.advertised().map(each -> each.address().isIpv6());
        Optional<Boolean> ownIpv6 = seen.self().map(each -> each.address().isIpv6());
        if (why.contains("no route") && isIpv6.isPresent() && ownIpv6.isPresent() && !isIpv6.equals(ownIpv6)) {
            return new Cause(
                    Kind.OTHER_FAMILY,
                    "the peer is advertised by " + Unanswered.family(isIpv6.get())
                            + ", and this host has no route for that: " + why,
                    "\"ip route get\" to the endpoint says so",
                    "let both reach the registry by the same family, or use a relay, which needs both");
        }
        return new Cause(
                Kind.ENDPOINT_REFUSED,
                "the peer is advertised where no peer can be: " + why,
                "the registry sees the peer there (\"wgsd browse\")",
                "let the peer reach the registry by its public address, from outside of this host and of the tunnel");
    }

    private Cause notListed() {
        boolean was = seen.story().stream()
                .anyMatch(entry -> entry.event() instanceof PeerChanged changed
                        && changed.peer().advertised().isPresent());
        return new Cause(
                Kind.NOT_LISTED,
                was
                        ? "the registry lists the peer no more: it was taken off the registry's device, has no endpoint"
                                + " there now, or it does not show it to this host"
                        : "the registry lists no endpoint of the peer: it is no peer of the registry's device, has never"
                                + " been heard there, or it does not show it to this host",
                "\"wg show\" on the registry's host has the key or not, and an endpoint or not; with --max-age a peer"
                        + " whose handshake is older is left out",
                "add the peer there, or start WireGuard on the peer with a persistent keepalive to the registry");
    }
}
