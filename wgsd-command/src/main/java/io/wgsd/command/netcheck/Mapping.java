package io.wgsd.command.netcheck;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.util.List;
import java.util.Optional;
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
        if (isOpen(answers, families)) {
            return Fact.good(TOPIC, "there is no NAT: registries see this host's own address")
                    .with("nat", "none");
        }
        Optional<NatMapping> told = answers.stream()
                .flatMap(answer -> answer.self().stream())
                .flatMap(self -> self.natMapping().stream())
                .findFirst();
        if (told.isPresent()) {
            return said(told.get());
        }
        for (String family : List.of(Family.V4, Family.V6)) {
            SortedSet<Endpoint> seen = answers.stream()
                    .flatMap(answer -> answer.seen().stream())
                    .filter(endpoint -> Family.of(endpoint).equals(family))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (seen.size() > 1) {
                return Fact.good(
                                TOPIC,
                                "not the same for all destinations: registries see this host at " + Words.join(seen)
                                        + "." + DEPENDENT)
                        .with("nat", NatMapping.DEPENDENT.text());
            }
        }
        return Fact.good(
                        TOPIC,
                        "not known: it needs two addresses that hear this host, as a registry and a relay elsewhere"
                                + "")
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

    private static boolean isOpen(List<RegistryAnswer> answers, List<Family> families) {
        List<String> own = families.stream()
                .flatMap(family -> family.local().stream())
                .map(address -> IpAddress.of(address).toString())
                .toList();
        List<Advertisement> seen =
                answers.stream().flatMap(answer -> answer.self().stream()).toList();
        return !seen.isEmpty()
                && seen.stream()
                        .flatMap(self -> self.endpoints().stream())
                        .allMatch(endpoint -> own.contains(endpoint.address().toString()));
    }
}
