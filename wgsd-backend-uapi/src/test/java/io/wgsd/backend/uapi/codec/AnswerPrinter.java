package io.wgsd.backend.uapi.codec;

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
        device.publicKey().ifPresent(key -> line(UapiKey.OWN_PUBLIC_KEY, key.toHex()));
        line(UapiKey.LISTEN_PORT, device.listenPort());
        line(UapiKey.FWMARK, device.firewallMark());
        device.peers().forEach(this::peer);
        line(UapiKey.ERRNO, 0);
        text.append('\n');
    }

    private void peer(Peer peer) {
        line(UapiKey.PUBLIC_KEY, peer.publicKey().toHex());
        peer.endpoint().ifPresent(endpoint -> line(UapiKey.ENDPOINT, endpoint));
        PeerStatistics statistics = peer.statistics();
        statistics.latestHandshake().ifPresent(handshake -> {
            line(UapiKey.LAST_HANDSHAKE_TIME_SEC, handshake.getEpochSecond());
            line(UapiKey.LAST_HANDSHAKE_TIME_NSEC, handshake.getNano());
        });
        line(UapiKey.TX_BYTES, Long.toUnsignedString(statistics.txBytes()));
        line(UapiKey.RX_BYTES, Long.toUnsignedString(statistics.rxBytes()));
        peer.persistentKeepalive()
                .ifPresent(interval -> line(UapiKey.PERSISTENT_KEEPALIVE_INTERVAL, interval.toSeconds()));
        peer.allowedIps().forEach(prefix -> line(UapiKey.ALLOWED_IP, prefix));
    }

    private void line(UapiKey key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }
}
