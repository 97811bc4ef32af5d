package io.wgsd.discovery.agent;

import io.wgsd.discovery.decide.relay.KnownRelay;
import io.wgsd.discovery.decide.relay.PeerFacts;
import io.wgsd.discovery.decide.relay.RelayNews;
import io.wgsd.dnssd.NatMapping;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes what the registries say of relays and NATs as parts of a recorded look, and reads it back: {@code relay KEY
 * ENDPOINTS REFUSAL}, {@code self RELAYS NAT} and {@code facts KEY RELAYS NAT}. Where nothing is said there is no part,
 * so that what was recorded without relays can be read.
 */
final class RelayNewsText {

    private static final String NONE = "-";

    private final List<KnownRelay> relays = new ArrayList<>();
    private final Map<PublicKey, PeerFacts> peers = new HashMap<>();
    private PeerFacts self = PeerFacts.none();

    /** Returns the parts, each after a bar; of peers only those that the device has. */
    static String write(RelayNews news, Device device) {
        StringBuilder text = new StringBuilder();
        for (KnownRelay relay : news.relays()) {
            text.append(" | relay ")
                    .append(relay.publicKey().toBase64())
                    .append(' ')
                    .append(list(relay.endpoints(), Endpoint::toString))
                    .append(' ')
                    .append(relay.refusal().map(RelayNewsText::encoded).orElse(NONE));
        }
        if (!news.self().equals(PeerFacts.none())) {
            text.append(" | self ").append(write(news.self()));
        }
        if (!news.peers().isEmpty()) {
            device.peers().stream()
                    .map(Peer::publicKey)
                    .filter(key -> !news.of(key).equals(PeerFacts.none()))
                    .forEach(key -> text.append(" | facts ")
                            .append(key.toBase64())
                            .append(' ')
                            .append(write(news.of(key))));
        }
        return text.toString();
    }

    /**
     * Takes a part, if it is one of these.
     *
     * @return whether it is
     * @throws FormatException if it makes no sense
     * @throws IllegalArgumentException the same
     */
    boolean take(String part) {
        String[] words = part.split(" ", -1);
        if (words[0].equals("relay") && words.length == 4) {
            relays.add(new KnownRelay(
                    PublicKey.parse(words[1]),
                    list(words[2], Endpoint::parse),
                    given(words[3], RelayNewsText::decoded)));
        } else if (words[0].equals("self") && words.length == 3) {
            self = facts(words[1], words[2]);
        } else if (words[0].equals("facts") && words.length == 4) {
            peers.put(PublicKey.parse(words[1]), facts(words[2], words[3]));
        } else {
            return false;
        }
        return true;
    }

    RelayNews news() {
        return relays.isEmpty() && peers.isEmpty() && self.equals(PeerFacts.none())
                ? RelayNews.none()
                : new RelayNews(List.copyOf(relays), Map.copyOf(peers), self);
    }

    private static String write(PeerFacts facts) {
        return list(facts.relays(), PublicKey::toBase64) + " "
                + facts.natMapping().map(NatMapping::text).orElse(NONE);
    }

    private static PeerFacts facts(String relays, String nat) {
        return new PeerFacts(
                list(relays, PublicKey::parse),
                given(
                        nat,
                        text -> NatMapping.of(text)
                                .orElseThrow(
                                        () -> new FormatException("recorded NAT", text, "there is no such mapping"))));
    }

    private static <T> String list(List<T> values, Function<T, String> text) {
        return values.isEmpty() ? NONE : values.stream().map(text).collect(Collectors.joining(","));
    }

    private static <T> List<T> list(String word, Function<String, T> parse) {
        return given(word, Function.identity()).stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(parse)
                .toList();
    }

    private static <T> Optional<T> given(String word, Function<String, T> parse) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(parse.apply(word));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String word) {
        return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
    }
}
