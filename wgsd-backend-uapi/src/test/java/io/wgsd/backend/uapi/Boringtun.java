package io.wgsd.backend.uapi;

import io.wgsd.model.SecretKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does to requests what boringtun's src/device/api.rs and mod.rs do, weaknesses included: within a transaction what is
 * said of a peer is said of those after it, too, and where boringtun would panic this hangs up without an answer.
 */
final class Boringtun {

    private static final String EINVAL = "errno=22\n\n";
    private static final String OK = "errno=0\n\n";
    private static final String PANIC = "";

    private final Map<String, List<String>> peers = new LinkedHashMap<>();
    private @Nullable String ownPublicKey;

    void addPeer(String key) {
        peers.put(key, List.of());
    }

    String answer(String request) {
        List<String> lines = request.lines().toList();
        return lines.get(0).equals("get=1") ? get() : set(lines.subList(1, lines.size()));
    }

    private String get() {
        StringBuilder answer = new StringBuilder();
        if (ownPublicKey != null) {
            answer.append("own_public_key=").append(ownPublicKey).append('\n');
        }
        peers.forEach((key, fields) -> {
            answer.append("public_key=").append(key).append('\n');
            fields.forEach(field -> answer.append(field).append('\n'));
            answer.append("rx_bytes=0\ntx_bytes=0\n");
        });
        return answer + OK;
    }

    private String set(List<String> lines) {
        Map<String, String> kept = new LinkedHashMap<>();
        List<String> allowedIps = new ArrayList<>();
        String peer = null;
        for (String line : lines) {
            String key = line.isEmpty() ? "" : line.substring(0, line.indexOf('='));
            String value = line.substring(line.indexOf('=') + 1);
            switch (key) {
                case "private_key" ->
                    ownPublicKey =
                            SecretKey.parseHex(value.toCharArray()).publicKey().toHex();
                case "replace_peers" -> peers.clear();
                case "listen_port", "fwmark" -> {}
                case "public_key", "" -> {
                    if (peer != null && !update(peer, kept, allowedIps)) {
                        return PANIC;
                    }
                    allowedIps.clear();
                    peer = value;
                }
                case "remove", "preshared_key", "persistent_keepalive_interval" -> kept.put(key, line);
                case "replace_allowed_ips" -> {}
                case "endpoint" -> {
                    if (value.contains("%")) {
                        return EINVAL;
                    }
                    kept.put(key, line);
                }
                case "allowed_ip" -> {
                    if (value.startsWith("-")) {
                        return EINVAL;
                    }
                    allowedIps.add(line);
                }
                default -> {
                    return EINVAL;
                }
            }
        }
        return OK;
    }

    private boolean update(String peer, Map<String, String> kept, List<String> allowedIps) {
        if (kept.containsKey("remove")) {
            peers.remove(peer);
            return true;
        }
        if (ownPublicKey == null || peers.containsKey(peer)) {
            return false;
        }
        List<String> fields = new ArrayList<>(kept.values());
        fields.addAll(allowedIps);
        peers.put(peer, fields);
        return true;
    }
}
