package io.wgsd.command.explain;

import io.wgsd.command.explain.Cause.Kind;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.PeerStatus.Heard;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The causes that fit where handshakes with a peer that is advertised do not come about, the most likely first. */
final class Unanswered {

    /** The first attempts may still be under way. */
    private static final int SOME = 4;

    private final Evidence seen;

    Unanswered(Evidence seen) {
        this.seen = seen;
    }

    static String family(boolean isIpv6) {
        return isIpv6 ? "IPv6" : "IPv4";
    }

    List<Cause> list() {
        Optional<PeerStatus.Attempts> attempts = seen.attempts();
        Heard heard = attempts.map(PeerStatus.Attempts::heard).orElse(Heard.NOTHING);
        if (heard != Heard.NOTHING) {
            return whereItIsHeard();
        }
        boolean isIdle = attempts.filter(each -> each.messages() == 0 && each.count() >= SOME)
                .isPresent();
        return isIdle && seen.probes().sendProblem().isEmpty() ? whereNothingWent() : ofSilence();
    }

    /** Returns why there is no direct path to a peer that is reached by a relay. */
    List<Cause> whyNotDirect() {
        List<Cause> causes = nats();
        noHairpin().ifPresent(causes::add);
        otherFamily().ifPresent(causes::add);
        causes.add(filtered());
        return causes;
    }

    /** The peer's own initiation was read, so it runs, has this host's key, and its packets arrive. */
    private List<Cause> whereItIsHeard() {
        List<Cause> causes = new ArrayList<>(twoPorts().stream().toList());
        Cause oneWay = new Cause(
                Kind.ONE_WAY,
                "this host's packets do not arrive there: a NAT or a firewall on that side lets nothing in",
                "\"wgsd explain\" there says that nothing came back",
                "let UDP in to its WireGuard port, or use a relay");
        // Where a relay forwards for both, packets get there.
        if (causes.isEmpty()) {
            causes.add(presharedKeys());
            causes.add(oneWay);
        } else {
            causes.add(oneWay);
            causes.add(presharedKeys());
        }
        return causes;
    }

    private Cause presharedKeys() {
        return new Cause(
                Kind.PRESHARED_KEYS_DIFFER,
                "the preshared keys differ, or one side has none: initiations are read, and no response is",
                "\"wg show\" on both sides says whether there is one; handshakes fail on both sides alike",
                "give both sides the same preshared key, or none");
    }

    private Optional<Cause> twoPorts() {
        Optional<Endpoint> advertised = seen.advertised();
        Optional<Endpoint> from = seen.peerOnDevice().flatMap(Peer::endpoint);
        return advertised
                .filter(endpoint -> from.isPresent()
                        && endpoint.address().equals(from.get().address())
                        && endpoint.port() != from.get().port())
                .map(endpoint -> new Cause(
                        Kind.PER_DESTINATION_NAT,
                        "the peer's NAT gives each destination a port of its own (symmetric): it is advertised at "
                                + endpoint + ", and its initiations come from " + from.get()
                                + "; it lets in only what comes from where it has sent to",
                        "nat= in the zone says dep or apdm",
                        "use a relay, or forward a port to its WireGuard there"));
    }

    private static List<Cause> whereNothingWent() {
        return List.of(
                new Cause(
                        Kind.NOTHING_SENT,
                        "WireGuard here has sent nothing: nothing gave it a reason to, or this host has no route for it",
                        "a ping to the peer's tunnel address gives it a reason, and reports a missing route",
                        "route the peer's allowed IPs into the device"),
                new Cause(
                        Kind.FIREWALL_HERE,
                        "a firewall of this host refuses WireGuard's packets",
                        "a rule in the output chain counts them (\"nft list ruleset\", \"iptables -L OUTPUT -v\")",
                        "allow WireGuard to send UDP to any port"));
    }

    private List<Cause> ofSilence() {
        List<Cause> causes = new ArrayList<>();
        noHairpin().ifPresent(causes::add);
        boolean isBoth = isDependent(seen.natHere()) && isDependent(seen.natThere());
        List<Cause> nats = nats();
        if (isBoth) {
            causes.addAll(nats);
        }
        otherFamily().ifPresent(causes::add);
        boolean runs = !seen.relaysThatHearIt().isEmpty();
        if (runs) {
            causes.add(keyMissing(true));
        } else {
            causes.add(new Cause(
                    Kind.NO_AGENT_THERE,
                    "no agent runs there, so that the peer sends nothing to this host and its NAT lets nothing in",
                    "\"wgsd status\" there says so",
                    "start an agent there"));
            causes.add(keyMissing(false));
        }
        if (!isBoth) {
            causes.addAll(nats);
        }
        if (!runs) {
            causes.add(new Cause(
                    Kind.PEER_AWAY,
                    "the peer is off or offline, and the registry advertises where it was",
                    "others do not reach it either; at the registry, \"wg show\" has an old handshake",
                    "nothing, if it is meant to be off; --max-age at the registry leaves such peers out"));
        }
        causes.add(filtered());
        return causes;
    }

    private Cause keyMissing(boolean isAgentKnown) {
        return new Cause(
                Kind.KEY_MISSING_THERE,
                isAgentKnown
                        ? "the peer does not have this host's key: an agent runs there, since a relay hears it, and makes"
                                + " no attempt at this host"
                        : "the peer does not have this host's key",
                "\"wg show\" there does not list this host's public key",
                "add this host there as a peer, with its key and allowed IPs");
    }

    private List<Cause> nats() {
        List<Cause> causes = new ArrayList<>();
        boolean here = isDependent(seen.natHere());
        boolean there = isDependent(seen.natThere());
        if (here && there) {
            causes.add(new Cause(
                    Kind.PER_DESTINATION_NATS,
                    "both NATs give each destination a port of its own (symmetric), so that neither side knows where"
                            + " the other is to be reached",
                    "nat= of both in the zone says dep or apdm: the registry and a relay see two ports of each",
                    "use a relay, or forward a port on one side"));
        } else if (here || there) {
            causes.add(new Cause(
                    Kind.PER_DESTINATION_NAT,
                    (here ? "this host's NAT" : "the peer's NAT")
                            + " gives each destination a port of its own (symmetric), and the other side's lets in only"
                            + " what comes from where it has sent to",
                    "nat= in the zone says dep or apdm for that one alone",
                    "use a relay, or forward a port to WireGuard on the other side"));
        }
        return causes;
    }

    private Optional<Cause> noHairpin() {
        Optional<Endpoint> self = seen.self();
        return seen.advertised()
                .filter(endpoint ->
                        self.isPresent() && endpoint.address().equals(self.get().address()))
                .map(endpoint -> new Cause(
                        Kind.NO_HAIRPIN,
                        "both hosts are behind the same address " + endpoint.address()
                                + ", and that NAT does not send its own hosts' packets back in (no hairpin)",
                        "a ping to the peer's address in the local network is answered",
                        "let agents on both sides register where they are in it: without --no-candidates, with"
                                + " CAP_NET_BIND_SERVICE; or use a relay"));
    }

    private Optional<Cause> otherFamily() {
        Optional<Endpoint> self = seen.self();
        return seen.advertised()
                .filter(endpoint -> self.isPresent()
                        && endpoint.address().isIpv6() != self.get().address().isIpv6())
                .map(endpoint -> new Cause(
                        Kind.OTHER_FAMILY,
                        "the registry sees this host by "
                                + family(self.get().address().isIpv6()) + " and the peer by "
                                + family(endpoint.address().isIpv6())
                                + ", and the side that has one of them alone cannot send to the other",
                        "the agent there says that it has no route to this host",
                        "let both reach the registry by the same family, or use a relay, which needs both"));
    }

    private Cause filtered() {
        String ports = seen.self()
                .filter(self -> self.port()
                        != seen.reading().map(read -> read.listenPort()).orElse(0))
                .map(self -> "; the registry sees this host's port "
                        + seen.reading().map(read -> read.listenPort()).orElse(0) + " as " + self.port())
                .orElse("");
        return new Cause(
                Kind.FILTERED_ON_THE_WAY,
                "a NAT or a firewall on the way lets nothing in" + ports,
                "\"wgsd explain\" there says that nothing came back, too",
                "let UDP in to WireGuard's port on one side, or use a relay");
    }

    private static boolean isDependent(Optional<NatMapping> mapping) {
        return mapping.filter(each -> each != NatMapping.ENDPOINT_INDEPENDENT).isPresent();
    }
}
