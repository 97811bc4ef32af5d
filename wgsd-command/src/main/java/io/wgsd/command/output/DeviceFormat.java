package io.wgsd.command.output;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Formats a device, as {@code show} prints it for people and for programs. */
public final class DeviceFormat {

    private DeviceFormat() {}

    static Map<String, @Nullable Object> json(Device device) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", device.name());
        json.put("kind", kind(device));
        json.put("publicKey", device.publicKey().map(PublicKey::toBase64).orElse(null));
        json.put("listenPort", device.listenPort());
        json.put("firewallMark", device.firewallMark());
        json.put("peers", device.peers().stream().map(DeviceFormat::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Peer peer) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", peer.publicKey().toBase64());
        json.put("endpoint", peer.endpoint().map(Endpoint::toString).orElse(null));
        json.put(
                "allowedIps", peer.allowedIps().stream().map(IpPrefix::toString).toList());
        json.put("latestHandshake", peer.statistics().latestHandshake().orElse(null));
        json.put("rxBytes", unsigned(peer.statistics().rxBytes()));
        json.put("txBytes", unsigned(peer.statistics().txBytes()));
        json.put(
                "persistentKeepalive",
                peer.persistentKeepalive().map(Duration::toSeconds).orElse(null));
        return json;
    }

    public static String text(Device device, Instant now) {
        StringBuilder text = new StringBuilder();
        text.append(device.name()).append(" (").append(kind(device)).append(")\n");
        line(text, 2, "public key", device.publicKey().map(PublicKey::toBase64).orElse("none"));
        line(text, 2, "listen port", device.listenPort() == 0 ? "none" : Integer.toString(device.listenPort()));
        if (device.firewallMark() != 0) {
            line(text, 2, "firewall mark", "0x" + Long.toHexString(device.firewallMark()));
        }
        for (Peer peer : device.peers()) {
            text.append('\n');
            line(text, 2, "peer", peer.publicKey().toBase64());
            line(text, 4, "endpoint", peer.endpoint().map(Endpoint::toString).orElse("none"));
            line(text, 4, "allowed IPs", prefixes(peer));
            line(text, 4, "latest handshake", handshake(peer, now));
            line(text, 4, "received", unsigned(peer.statistics().rxBytes()) + " bytes");
            line(text, 4, "sent", unsigned(peer.statistics().txBytes()) + " bytes");
            line(text, 4, "persistent keepalive", keepalive(peer));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, int indent, String name, String value) {
        text.append(" ".repeat(indent)).append(name).append(": ").append(value).append('\n');
    }

    private static String kind(Device device) {
        return device.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String prefixes(Peer peer) {
        return peer.allowedIps().isEmpty()
                ? "none"
                : peer.allowedIps().stream().map(IpPrefix::toString).collect(Collectors.joining(", "));
    }

    private static String handshake(Peer peer, Instant now) {
        return peer.statistics()
                .latestHandshake()
                .map(handshake -> Math.max(0, Duration.between(handshake, now).toSeconds()) + " s ago")
                .orElse("never");
    }

    private static String keepalive(Peer peer) {
        return peer.persistentKeepalive()
                .map(interval -> "every " + interval.toSeconds() + " s")
                .orElse("off");
    }

    private static Number unsigned(long counter) {
        return counter >= 0 ? (Number) counter : new BigInteger(Long.toUnsignedString(counter));
    }

    public static List<Map<String, @Nullable Object>> json(List<Device> devices) {
        return devices.stream().map(DeviceFormat::json).toList();
    }
}
