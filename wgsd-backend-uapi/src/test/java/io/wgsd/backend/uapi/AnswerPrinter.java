package io.wgsd.backend.uapi;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a device as wireguard-go answers, but for its own public key, which is written as boringtun does. */
final class AnswerPrinter {

    private final StringBuilder text = new StringBuilder();

    private AnswerPrinter() {}

    static List<ByteBuffer> print(Device device) {
        AnswerPrinter printer = new AnswerPrinter();
        printer.device(device);
        return List.of(ByteBuffer.wrap(printer.text.toString().getBytes(StandardCharsets.US_ASCII)));
    }

    private void device(Device device) {
        device.publicKey().ifPresent(key -> line(Key.OWN_PUBLIC_KEY, key.toHex()));
        line(Key.LISTEN_PORT, device.listenPort());
        line(Key.FWMARK, device.firewallMark());
        device.peers().forEach(this::peer);
        line(Key.ERRNO, 0);
        text.append('\n');
    }

    private void peer(Peer peer) {
        line(Key.PUBLIC_KEY, peer.publicKey().toHex());
        peer.endpoint().ifPresent(endpoint -> line(Key.ENDPOINT, endpoint));
        PeerStatistics statistics = peer.statistics();
        statistics.latestHandshake().ifPresent(handshake -> {
            line(Key.LAST_HANDSHAKE_TIME_SEC, handshake.getEpochSecond());
            line(Key.LAST_HANDSHAKE_TIME_NSEC, handshake.getNano());
        });
        line(Key.TX_BYTES, Long.toUnsignedString(statistics.txBytes()));
        line(Key.RX_BYTES, Long.toUnsignedString(statistics.rxBytes()));
        peer.persistentKeepalive().ifPresent(interval -> line(Key.PERSISTENT_KEEPALIVE_INTERVAL, interval.toSeconds()));
        peer.allowedIps().forEach(prefix -> line(Key.ALLOWED_IP, prefix));
    }

    private void line(Key key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }
}
