package io.wgsd.command.explain;

import io.wgsd.command.explain.Evidence.RegistryView;
import io.wgsd.command.explain.Probes.Answer;
import io.wgsd.command.output.AgentEventFormat;
import io.wgsd.command.status.Amounts;
import io.wgsd.discovery.PeerPath;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.discovery.RegistryStatus;
import io.wgsd.discovery.RelayStatus;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says in sentences what was seen. */
final class Sentences {

    private final Evidence seen;

    Sentences(Evidence seen) {
        this.seen = seen;
    }

    /** Returns by which path the peer is reached. */
    static String headline(Evidence seen) {
        if (seen.deviceProblem().isPresent()) {
            return "not reached: the device " + seen.device() + " cannot be used";
        }
        if (seen.peerOnDevice().isEmpty()) {
            return "no peer of " + seen.device();
        }
        String since = seen.status()
                .map(status -> " for " + age(status.since(), seen.now()))
                .orElse("");
        if (!seen.isConnected()) {
            return "not reached" + seen.state().map(state -> ": " + state).orElse("") + since;
        }
        String at = seen.peerOnDevice()
                .flatMap(Peer::endpoint)
                .map(endpoint -> " at " + endpoint)
                .orElse("");
        String path =
                seen.status().flatMap(PeerStatus::path).map(PeerPath::toString).orElse("with a recent handshake");
        return "reached " + path + at + since;
    }

    List<String> list() {
        List<String> sentences = new ArrayList<>();
        seen.deviceProblem().ifPresent(problem -> sentences.add("The device cannot be used: " + problem + "."));
        if (seen.agent().isEmpty()) {
            sentences.add("No agent runs for " + seen.device() + ", so that there is no history.");
        }
        seen.peerOnDevice().ifPresent(peer -> sentences.add(wireGuard(peer)));
        seen.attempts().ifPresent(attempts -> sentences.add(attempts(attempts)));
        seen.registries().forEach(view -> sentences.add(registry(view)));
        seen.agent().ifPresent(agent -> {
            agent.health().registries().stream()
                    .filter(registry -> registry.state() == RegistryStatus.State.DOWN
                            || registry.state() == RegistryStatus.State.NOT_ASKED)
                    .flatMap(registry -> registry.reason().stream())
                    .filter(reason -> !isTold(reason))
                    .forEach(reason -> sentences.add(said(reason)));
            agent.relays().forEach(relay -> sentences.add(relay(relay)));
        });
        probes(sentences);
        seen.status()
                .flatMap(PeerStatus::reason)
                .filter(reason -> !isTold(reason))
                .map(Sentences::said)
                .filter(sentence -> !sentences.contains(sentence))
                .ifPresent(sentences::add);
        return sentences;
    }

    private static String said(String reason) {
        return "The agent says: " + reason + ".";
    }

    /** Returns whether what happened has the reason already, in the words that are shown before this. */
    private boolean isTold(String reason) {
        return seen.story().stream()
                .anyMatch(entry -> AgentEventFormat.text(entry.event()).contains(reason));
    }

    private String wireGuard(Peer peer) {
        PeerStatistics numbers = peer.statistics();
        String shaken = numbers.latestHandshake()
                .map(stamp -> "the latest handshake was " + age(stamp, seen.now()) + " ago")
                .orElse("there was no handshake");
        return "WireGuard here sends to "
                + peer.endpoint().map(Endpoint::toString).orElse("no endpoint") + "; " + shaken + "; "
                + Amounts.bytes(numbers.rxBytes()) + " received, " + Amounts.bytes(numbers.txBytes()) + " sent; "
                + (peer.allowedIps().isEmpty()
                        ? "no allowed IPs."
                        : "allowed IPs "
                                + peer.allowedIps().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")) + ".");
    }

    private String attempts(PeerStatus.Attempts attempts) {
        String heard = switch (attempts.heard()) {
            case NOTHING -> "nothing came back";
            case INITIATIONS -> "handshake initiations come from the peer, and no handshake is completed";
            case OTHER -> "something comes from the peer, and no handshake is completed";
        };
        return plural(attempts.count(), "attempt") + " in " + age(attempts.since(), seen.now())
                + ", for which WireGuard sent " + plural(attempts.messages(), "handshake message") + "; " + heard + ".";
    }

    private String registry(RegistryView view) {
        String name = "The registry " + view.server().getHostAddress() + ":" + view.port();
        if (view.failure().isPresent()) {
            return name + " gives no answer: " + view.failure().get() + ".";
        }
        String peer = view.peer()
                .map(each -> "lists the peer at " + said(each))
                .orElse("does not list the peer, or knows no endpoint of it");
        String self = view.self()
                .map(each -> "; it sees this host at " + said(each))
                .orElse(view.isSelfKnown() ? "; it does not list this host" : "");
        return name + " " + peer + self + ".";
    }

    private String said(Advertisement advertisement) {
        String where = advertisement.endpoints().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String since = advertisement
                .since()
                .map(time -> " (for " + age(time, seen.now()) + ")")
                .orElse("");
        String nat = advertisement
                .natMapping()
                .map(mapping -> ", behind " + nat(mapping))
                .orElse("");
        String relays = advertisement.relays().isEmpty()
                ? ""
                : ", heard by relay "
                        + advertisement.relays().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return where + since + nat + relays;
    }

    private static String nat(NatMapping mapping) {
        return mapping == NatMapping.ENDPOINT_INDEPENDENT
                ? "a NAT that maps alike for all destinations, or none"
                : "a NAT that maps by destination (nat=" + mapping.text() + ")";
    }

    private String relay(RelayStatus relay) {
        return "Relay " + relay.publicKey()
                + relay.endpoint().map(endpoint -> " at " + endpoint).orElse("") + " is " + relay.state() + " for "
                + age(relay.since(), seen.now())
                + relay.reason().map(reason -> ": " + reason).orElse("") + ".";
    }

    private void probes(List<String> sentences) {
        Probes probes = seen.probes();
        if (probes.small() == Answer.ANSWERED) {
            sentences.add("A datagram through the tunnel was answered in "
                    + probes.roundTrip().map(Duration::toMillis).orElse(0L) + " ms.");
        } else if (probes.small() == Answer.SILENT) {
            sentences.add("Datagrams through the tunnel were not answered"
                    + probes.echo()
                            .map(answered -> answered ? ", an echo request was." : ", nor was an echo request.")
                            .orElse("."));
        }
        if (probes.full() != Answer.NOT_SENT) {
            sentences.add("A datagram that fills the MTU of " + seen.device() + " (" + probes.mtu() + ") was "
                    + (probes.full() == Answer.ANSWERED ? "answered, too." : "not answered."));
        }
        probes.sendProblem()
                .ifPresent(problem ->
                        sentences.add("This host refused to send a datagram to the peer's endpoint: " + problem + "."));
        probes.hubByTcp()
                .ifPresent(answers -> sentences.add("Outside of the tunnel, the registry's host "
                        + (answers ? "answers" : "does not answer") + " to TCP."));
    }

    private static String age(Instant since, Instant now) {
        return Amounts.time(Duration.between(since, now));
    }

    private static String plural(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
