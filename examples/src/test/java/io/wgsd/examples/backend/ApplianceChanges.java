package io.wgsd.examples.backend;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the appliance is asked to change. */
final class ApplianceChanges {

    private final DeviceChange.Builder change = DeviceChange.builder();
    private PeerChange.@Nullable Builder peer;

    private ApplianceChanges() {}

    static DeviceChange read(byte[] text) {
        ApplianceChanges reader = new ApplianceChanges();
        new String(text, StandardCharsets.US_ASCII).lines().forEach(reader::line);
        return reader.change.build();
    }

    private void line(String line) {
        int space = line.indexOf(' ');
        String value = line.substring(space + 1);
        switch (space < 0 ? line : line.substring(0, space)) {
            case "private-key" -> change.privateKey(secret(value));
            case "no-private-key" -> change.clearPrivateKey();
            case "listen-port" -> change.listenPort(Integer.parseInt(value));
            case "firewall-mark" -> change.firewallMark(Long.parseLong(value));
            case "replace-peers" -> change.replacePeers();
            case "peer" -> peer = change.peer(PublicKey.parse(value));
            case "remove" -> peer.remove();
            case "update-only" -> peer.updateOnly();
            case "preshared-key" -> peer.presharedKey(secret(value));
            case "no-preshared-key" -> peer.clearPresharedKey();
            case "endpoint" -> peer.endpoint(Endpoint.parse(value));
            case "replace-allowed-ips" -> peer.replaceAllowedIps();
            case "allowed-ip" -> peer.addAllowedIp(IpPrefix.parse(value));
            case "no-allowed-ip" -> peer.removeAllowedIp(IpPrefix.parse(value));
            case "keepalive" -> peer.persistentKeepalive(Duration.ofSeconds(Long.parseLong(value)));
            default -> throw new IllegalArgumentException("no word of the appliance's: " + line);
        }
    }

    private static SecretKey secret(String base64) {
        return SecretKey.parseBase64(base64.toCharArray());
    }
}
