package io.wgsd.command.output;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.model.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats what an agent knows of its peers, as {@code status} prints it for people and for programs. */
public final class PeerStatusFormat {

    private PeerStatusFormat() {}

    static String name(PeerState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, @Nullable Object> json(PeerStatus peer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", peer.publicKey().toBase64());
        json.put("state", name(peer.state()));
        json.put("since", peer.since());
        json.put("endpoint", peer.endpoint().map(Endpoint::toString).orElse(null));
        json.put("advertised", peer.advertised().map(Endpoint::toString).orElse(null));
        json.put("reason", peer.reason().orElse(null));
        return json;
    }

    /** Returns what an agent answers to {@code json}, or to {@code text}. */
    public static String answer(String asked, String device, List<PeerStatus> peers, Instant now) {
        return asked.equals("json") ? json(device, peers) + "\n" : text(device, peers, now);
    }

    private static String json(String device, List<PeerStatus> peers) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("device", device);
        json.put("peers", peers.stream().map(PeerStatusFormat::json).toList());
        return Json.write(json);
    }

    private static String text(String device, List<PeerStatus> peers, Instant now) {
        StringBuilder text = new StringBuilder(device).append('\n');
        for (PeerStatus peer : peers) {
            text.append("  ")
                    .append(peer)
                    .append(" (for ")
                    .append(Math.max(0, Duration.between(peer.since(), now).toSeconds()))
                    .append(" s)\n");
        }
        return text.toString();
    }
}
