package io.wgsd.examples.backend;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A device as the appliance tells it: a line for each word and its value, what follows {@code peer} is that peer's. */
final class DeviceText {

    private final Device.Builder device;
    private Peer.@Nullable Builder peer;

    private DeviceText(String name) {
        device = Device.builder(name, DeviceKind.KERNEL);
    }

    /**
     * Reads a device; words that are not known are ignored, since an appliance may learn new ones.
     *
     * @throws IllegalArgumentException if a value is not what its word wants
     * @throws java.time.DateTimeException if a handshake is beyond all time
     */
    static Device read(String name, byte[] text) {
        DeviceText reader = new DeviceText(name);
        new String(text, StandardCharsets.ISO_8859_1).lines().forEach(reader::line);
        reader.endPeer();
        return reader.device.build();
    }

    private void line(String line) {
        int space = line.indexOf(' ');
        String value = line.substring(space + 1);
        switch (line.substring(0, Math.max(space, 0))) {
            case "public-key" -> device.publicKey(PublicKey.parse(value));
            case "listen-port" -> device.listenPort(Integer.parseInt(value));
            case "firewall-mark" -> device.firewallMark(Long.parseLong(value));
            case "peer" -> {
                endPeer();
                peer = Peer.builder(PublicKey.parse(value));
            }
            case "endpoint" -> peer().endpoint(Endpoint.parse(value));
            case "allowed-ip" -> peer().allowedIp(IpPrefix.parse(value));
            case "keepalive" -> peer().persistentKeepalive(Duration.ofSeconds(Integer.parseInt(value)));
            case "statistics" -> peer().statistics(statistics(value.split(" ", 4)));
            default -> {}
        }
    }

    /** Seconds since 1970 or 0 for never, bytes received, bytes sent. */
    private static PeerStatistics statistics(String... numbers) {
        if (numbers.length != 3) {
            throw new IllegalArgumentException("statistics must be three numbers, were " + numbers.length);
        }
        long handshake = Long.parseLong(numbers[0]);
        return PeerStatistics.of(
                handshake == 0 ? null : Instant.ofEpochSecond(handshake),
                Long.parseUnsignedLong(numbers[1]),
                Long.parseUnsignedLong(numbers[2]));
    }

    private Peer.Builder peer() {
        if (peer == null) {
            throw new IllegalArgumentException("a peer's value comes before any peer");
        }
        return peer;
    }

    private void endPeer() {
        if (peer != null) {
            device.peer(peer.build());
        }
    }
}
