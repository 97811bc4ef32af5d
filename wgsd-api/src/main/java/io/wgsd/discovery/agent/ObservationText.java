package io.wgsd.discovery.agent;

import io.wgsd.discovery.decide.Candidate;
import io.wgsd.discovery.decide.Observation;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes all that a decision depends on as one line of text, and reads it back: so the decision can be made again
 * elsewhere.
 *
 * <p>Words are separated by blanks, and peers by bars; a dash stands for what is not there. There is no secret in it.
 */
final class ObservationText {

    private static final String NONE = "-";
    private static final int HEAD = 9;
    private static final int PEER = 9;

    private ObservationText() {}

    static String write(Observation seen) {
        Device device = seen.device();
        String head = String.join(
                " ",
                seen.at().wall().toString(),
                Long.toString(seen.at().nanos()),
                device.publicKey().map(PublicKey::toBase64).orElse(NONE),
                Integer.toString(device.listenPort()),
                Boolean.toString(seen.mayRestart()),
                Boolean.toString(seen.reachable()),
                seen.roundTrip().toString(),
                seen.self().map(Endpoint::toString).orElse(NONE),
                device.name());
        return device.peers().stream()
                .map(peer -> " | " + write(peer, seen))
                .collect(Collectors.joining(
                        "",
                        head,
                        RelayNewsText.write(seen.relays(), device) + NearbyText.write(seen.nearby(), device)));
    }

    private static String write(Peer peer, Observation seen) {
        PublicKey key = peer.publicKey();
        List<Candidate> candidates = seen.candidates(key);
        return String.join(
                " ",
                key.toBase64(),
                peer.endpoint().map(Endpoint::toString).orElse(NONE),
                peer.persistentKeepalive().map(Duration::toString).orElse(NONE),
                peer.statistics().latestHandshake().map(Instant::toString).orElse(NONE),
                Long.toUnsignedString(peer.statistics().rxBytes()),
                Long.toUnsignedString(peer.statistics().txBytes()),
                Boolean.toString(seen.routed().contains(key)),
                Boolean.toString(seen.kept().contains(key)),
                candidates.isEmpty()
                        ? NONE
                        : candidates.stream().map(ObservationText::write).collect(Collectors.joining(",")));
    }

    private static String write(Candidate candidate) {
        return candidate.endpoint() + ";" + candidate.remembered() + ";" + write(candidate.refusal()) + ";"
                + write(candidate.doubt());
    }

    private static String write(Optional<String> words) {
        return words.map(text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(NONE);
    }

    /**
     * Reads a line.
     *
     * @throws FormatException if it makes no sense
     */
    static Observation read(String line) {
        try {
            String[] parts = line.split(" \\| ", -1);
            String[] head = words(parts[0], HEAD, line);
            List<Peer> peers = new ArrayList<>();
            Map<PublicKey, List<Candidate>> candidates = new HashMap<>();
            Set<PublicKey> routed = new HashSet<>();
            Set<PublicKey> kept = new HashSet<>();
            RelayNewsText relays = new RelayNewsText();
            NearbyText nearby = new NearbyText();
            for (int i = 1; i < parts.length; i++) {
                if (relays.take(parts[i]) || nearby.take(parts[i])) {
                    continue;
                }
                String[] words = words(parts[i], PEER, line);
                Peer peer = peer(words);
                peers.add(peer);
                candidates.put(peer.publicKey(), candidates(words[8]));
                note(words[6], peer, routed);
                note(words[7], peer, kept);
            }
            Device.Builder device = Device.builder(head[8], DeviceKind.KERNEL)
                    .listenPort(Integer.parseInt(head[3]))
                    .peers(peers);
            given(head[2]).map(PublicKey::parse).ifPresent(device::publicKey);
            return new Observation(
                    device.build(),
                    candidates,
                    kept,
                    routed,
                    Boolean.parseBoolean(head[4]),
                    Boolean.parseBoolean(head[5]),
                    Duration.parse(head[6]),
                    given(head[7]).map(Endpoint::parse),
                    relays.news(),
                    nearby.nearby(),
                    new Moment(Instant.parse(head[0]), Long.parseLong(head[1])));
        } catch (FormatException e) {
            throw e;
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new FormatException("recorded look", line, String.valueOf(e.getMessage()));
        }
    }

    private static Peer peer(String[] words) {
        Instant stamp = given(words[3]).map(Instant::parse).orElse(null);
        long rx = Long.parseUnsignedLong(words[4]);
        long tx = Long.parseUnsignedLong(words[5]);
        Peer.Builder peer = Peer.builder(PublicKey.parse(words[0])).statistics(PeerStatistics.of(stamp, rx, tx));
        given(words[1]).map(Endpoint::parse).ifPresent(peer::endpoint);
        given(words[2]).map(Duration::parse).ifPresent(peer::persistentKeepalive);
        return peer.build();
    }

    private static List<Candidate> candidates(String word) {
        List<Candidate> candidates = new ArrayList<>();
        for (String each : given(word).map(text -> text.split(",", -1)).orElse(new String[0])) {
            String[] fields = each.split(";", -1);
            if (fields.length != 4) {
                throw new FormatException("recorded candidate", each, "it must have four parts");
            }
            candidates.add(new Candidate(
                    Endpoint.parse(fields[0]), text(fields[2]), Boolean.parseBoolean(fields[1]), text(fields[3])));
        }
        return candidates;
    }

    private static Optional<String> text(String word) {
        return given(word).map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    }

    private static void note(String word, Peer peer, Set<PublicKey> keys) {
        if (Boolean.parseBoolean(word)) {
            keys.add(peer.publicKey());
        }
    }

    private static Optional<String> given(String word) {
        return word.equals(NONE) ? Optional.empty() : Optional.of(word);
    }

    private static String[] words(String part, int count, String line) {
        String[] words = part.split(" ", -1);
        if (words.length != count) {
            throw new FormatException("recorded look", line, "it must have " + count + " words here: " + part);
        }
        return words;
    }
}
