package io.wgsd.command.netcheck;

import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The relays that registries announce: which of them hear this host, and how far they are. */
final class Relays {

    private static final String TOPIC = "relay";
    private static final int PAYLOAD = 56;

    private Relays() {}

    static List<Fact> of(List<RegistryAnswer> answers, Ping ping) throws InterruptedException {
        List<RelayAdvertisement> relays = answers.stream()
                .flatMap(answer -> answer.relays().stream())
                .distinct()
                .toList();
        if (answers.stream().allMatch(answer -> answer.error().isPresent())) {
            return List.of(Fact.good(TOPIC, "not known: no registry answers"));
        }
        if (relays.isEmpty()) {
            return List.of(Fact.good(
                    TOPIC,
                    "no registry announces one: pairs of peers that cannot reach each other directly have no tunnel"));
        }
        Set<PublicKey> hearing = answers.stream()
                .flatMap(answer -> answer.self().stream())
                .flatMap(self -> self.relays().stream())
                .collect(Collectors.toSet());
        boolean isListed = answers.stream().anyMatch(answer -> answer.self().isPresent());
        List<Fact> facts = new ArrayList<>();
        for (RelayAdvertisement relay : relays) {
            facts.add(fact(relay, isListed ? hearing.contains(relay.publicKey()) : null, ping));
        }
        return facts;
    }

    private static Fact fact(RelayAdvertisement relay, @Nullable Boolean hears, Ping ping) throws InterruptedException {
        Optional<Duration> roundTrip = Optional.empty();
        for (Endpoint endpoint : relay.endpoints()) {
            if (roundTrip.isEmpty()) {
                InetAddress host = endpoint.address().toInetAddress();
                roundTrip = ping.send(host, PAYLOAD);
            }
        }
        String far = roundTrip
                .map(time -> "its host answers pings in " + Words.millis(time))
                .orElse("its host answers no ping, which may be its firewall's doing");
        String heard = hears == null
                ? " may hear this host, which no registry lists; "
                : hears ? " hears this host; " : " does not hear this host; ";
        String words = Words.join(relay.endpoints()) + heard + far;
        return Fact.good(TOPIC, words)
                .with("publicKey", relay.publicKey().toBase64())
                .with(
                        "endpoints",
                        relay.endpoints().stream().map(Endpoint::toString).toList())
                .with("hears", hears)
                .with("roundTripMillis", roundTrip.map(Words::milliseconds).orElse(null));
    }
}
