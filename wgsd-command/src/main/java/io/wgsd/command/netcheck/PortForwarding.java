package io.wgsd.command.netcheck;

import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingOffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the router before this host can be asked to forward a port, and whether that would be of use. */
final class PortForwarding {

    private static final String TOPIC = "ports";

    private PortForwarding() {}

    /**
     * Judges what a router offers.
     *
     * @param router the router; empty where none is known
     * @param seen this host's address as registries see it
     * @param offers what the router answered, by each protocol
     */
    static Fact of(Optional<Gateway> router, IpAddress seen, List<MappingOffer> offers) {
        if (router.isEmpty()) {
            return fact("not known: no router is known that translates this host's address", null, List.of());
        }
        IpAddress address = router.get().address();
        List<String> protocols = offers.stream()
                .filter(MappingOffer::offered)
                .map(offer -> offer.protocol().toString())
                .toList();
        if (protocols.isEmpty()) {
            String why = offers.stream()
                    .map(offer -> offer.protocol() + ": " + offer.detail())
                    .collect(Collectors.joining("; "));
            return fact("the router " + address + " forwards none that it is asked for: " + why, address, protocols);
        }
        String words = "the router " + address + " can be asked to forward some: " + String.join(", ", protocols);
        Optional<IpAddress> other = offers.stream()
                .flatMap(offer -> offer.external().stream())
                .filter(claimed -> !claimed.equals(seen))
                .findFirst();
        return fact(
                other.map(claimed -> words + "; it takes " + claimed + " for its address, and registries see " + seen
                                + ": another NAT is in between, so that this is of no use")
                        .orElse(words),
                address,
                protocols);
    }

    private static Fact fact(String words, @Nullable IpAddress router, List<String> protocols) {
        return Fact.good(TOPIC, words)
                .with("router", router == null ? null : router.toString())
                .with("protocols", router == null ? null : protocols);
    }
}
