package io.wgsd.examples.backend;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.model.SecretKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A change in the appliance's words: a line for each, what follows {@code peer} is that peer's. */
final class ChangeText {

    private final WipedBytes text;

    private ChangeText(WipedBytes text) {
        this.text = text;
    }

    static void write(DeviceChange change, WipedBytes text) {
        new ChangeText(text).device(change);
    }

    private void device(DeviceChange change) {
        change.privateKey().ifPresent(key -> line("private-key", key));
        line(change.isClearPrivateKey(), "no-private-key");
        change.listenPort().ifPresent(port -> line("listen-port", port));
        change.firewallMark().ifPresent(mark -> line("firewall-mark", mark));
        line(change.isReplacePeers(), "replace-peers");
        change.peers().forEach(this::peer);
    }

    private void peer(PeerChange change) {
        line("peer", change.publicKey());
        line(change.isRemove(), "remove");
        line(change.isUpdateOnly(), "update-only");
        change.presharedKey().ifPresent(key -> line("preshared-key", key));
        line(change.isClearPresharedKey(), "no-preshared-key");
        change.endpoint().ifPresent(endpoint -> line("endpoint", endpoint));
        line(change.isReplaceAllowedIps(), "replace-allowed-ips");
        change.addedAllowedIps().forEach(prefix -> line("allowed-ip", prefix));
        change.removedAllowedIps().forEach(prefix -> line("no-allowed-ip", prefix));
        change.persistentKeepalive().ifPresent(interval -> line("keepalive", interval.toSeconds()));
    }

    private void line(boolean condition, String word) {
        if (condition) {
            add(ascii(word + "\n"));
        }
    }

    private void line(String word, Object value) {
        add(ascii(word + " " + value + "\n"));
    }

    /** Writes a secret without making a String of it. */
    private void line(String word, SecretKey secret) {
        byte[] base64 = secret.toBase64();
        add(ascii(word + " "));
        add(base64);
        add(ascii("\n"));
        Arrays.fill(base64, (byte) 0);
    }

    private void add(byte[] bytes) {
        text.add(ByteBuffer.wrap(bytes));
    }

    private static byte[] ascii(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }
}
