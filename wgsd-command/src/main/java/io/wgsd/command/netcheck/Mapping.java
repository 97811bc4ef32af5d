package io.wgsd.command.netcheck;

import io.wgsd.command.host.PrivateNetworks;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How this host's NAT chooses ports (RFC 4787, section 4.1), and how that is known. */
final class Mapping {

    private static final String TOPIC = "mapping";
    private static final String DEPENDENT =
            " Peers behind such a NAT, too, are reached by a relay; others directly, where this host calls.";

    private Mapping() {}

    static Fact of(List<RegistryAnswer> answers, List<Family> families) {
        SortedSet<Endpoint> seen = answers.stream()
                .flatMap(answer -> answer.seen().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        SortedSet<Endpoint> translated = seen.stream()
                .filter(endpoint -> families.stream().noneMatch(family -> family.isOwn(endpoint)))
                .collect(Collectors.toCollection(TreeSet::new));
        boolean isOpen = translated.isEmpty()
                && seen.stream().anyMatch(endpoint -> !PrivateNetworks.contain(endpoint.address()));
        if (isOpen) {
            return open(seen, families);
        }
        Optional<NatMapping> told = answers.stream()
                .flatMap(answer -> answer.self().stream())
                .flatMap(self -> self.natMapping().stream())
                .findFirst();
        if (told.isPresent()) {
            return said(told.get());
        }
        for (String family : List.of(Family.V4, Family.V6)) {
            List<Endpoint> alike = translated.stream()
                    .filter(endpoint -> Family.of(endpoint).equals(family))
                    .toList();
            if (alike.size() > 1) {
                return Fact.good(
                                TOPIC,
                                "not the same for all destinations: registries see this host at " + Words.join(alike)
                                        + "." + DEPENDENT)
                        .with("nat", NatMapping.DEPENDENT.text());
            }
        }
        String why = seen.isEmpty() || !translated.isEmpty()
                ? "it needs two addresses that hear this host, as a registry and a relay elsewhere"
                : "registries see this host's own address "
                        + Words.join(seen.stream().map(Endpoint::address).toList())
                        + " only, which they do within one network";
        return Fact.good(TOPIC, "not known: " + why).with("nat", null);
    }

    private static Fact open(SortedSet<Endpoint> seen, List<Family> families) {
        Set<String> heard = seen.stream().map(Family::of).collect(Collectors.toSet());
        List<String> unheard = families.stream()
                .filter(family -> family.local().isPresent())
                .map(Family::name)
                .filter(name -> !heard.contains(name))
                .toList();
        if (unheard.isEmpty()) {
            return Fact.good(TOPIC, "there is no NAT: registries see this host's own address")
                    .with("nat", "none");
        }
        return Fact.good(
                        TOPIC,
                        "no NAT by " + Words.join(heard)
                                + ", as registries see this host's own address; no registry hears" + " this host by "
                                + Words.join(unheard) + ", so that nothing is known of that")
                .with("nat", null);
    }

    private static Fact said(NatMapping mapping) {
        String words = switch (mapping) {
            case ENDPOINT_INDEPENDENT ->
                "the same for all destinations, as registry and relays saw it: peers can reach this host directly";
            case ADDRESS_AND_PORT_DEPENDENT ->
                "another port for each destination, as registry and relays saw it." + DEPENDENT;
            case DEPENDENT -> "not the same for all destinations, as registry and relays saw it." + DEPENDENT;
        };
        return Fact.good(TOPIC, words).with("nat", mapping.text());
    }
}
