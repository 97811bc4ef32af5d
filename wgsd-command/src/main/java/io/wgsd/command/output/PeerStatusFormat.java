package io.wgsd.command.output;

import io.wgsd.discovery.PeerState;
import io.wgsd.discovery.PeerStatus;
import io.wgsd.model.Endpoint;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Formats what an agent knows of its peers for programs. */
public final class PeerStatusFormat {

    private PeerStatusFormat() {}

    static String name(PeerState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the fields of a peer, as the page on the agent lists them. */
    public static Map<String, @Nullable Object> json(PeerStatus peer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", peer.publicKey().toBase64());
        json.put("state", name(peer.state()));
        json.put("since", peer.since());
        json.put("endpoint", peer.endpoint().map(Endpoint::toString).orElse(null));
        json.put("advertised", peer.advertised().map(Endpoint::toString).orElse(null));
        json.put("reason", peer.reason().orElse(null));
        return json;
    }
}
