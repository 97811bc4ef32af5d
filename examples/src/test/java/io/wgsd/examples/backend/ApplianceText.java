package io.wgsd.examples.backend;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/** What the appliance answers. */
final class ApplianceText {

    private final StringBuilder text = new StringBuilder();

    private ApplianceText() {}

    static byte[] names(Set<String> names) {
        return ascii(String.join("\n", names));
    }

    static byte[] device(Device device) {
        ApplianceText text = new ApplianceText();
        device.publicKey().ifPresent(key -> text.line("public-key", key));
        text.line("listen-port", device.listenPort());
        text.line("firewall-mark", device.firewallMark());
        device.peers().forEach(text::peer);
        return ascii(text.text.toString());
    }

    static byte[] secrets(Device device, DeviceSecrets secrets) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        secrets.privateKey().ifPresent(key -> record(records, new byte[PublicKey.LENGTH], key));
        for (Peer peer : device.peers()) {
            secrets.presharedKey(peer.publicKey())
                    .ifPresent(key -> record(records, peer.publicKey().toBytes(), key));
        }
        return records.toByteArray();
    }

    private static void record(ByteArrayOutputStream records, byte[] owner, SecretKey secret) {
        records.writeBytes(owner);
        records.writeBytes(secret.toBytes());
    }

    private void peer(Peer peer) {
        line("peer", peer.publicKey());
        peer.endpoint().ifPresent(endpoint -> line("endpoint", endpoint));
        peer.allowedIps().forEach(prefix -> line("allowed-ip", prefix));
        peer.persistentKeepalive().ifPresent(interval -> line("keepalive", interval.toSeconds()));
        PeerStatistics counted = peer.statistics();
        line(
                "statistics",
                counted.latestHandshake().map(Instant::getEpochSecond).orElse(0L) + " "
                        + Long.toUnsignedString(counted.rxBytes()) + " " + Long.toUnsignedString(counted.txBytes()));
    }

    private void line(String word, Object value) {
        text.append(word).append(' ').append(value).append('\n');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
