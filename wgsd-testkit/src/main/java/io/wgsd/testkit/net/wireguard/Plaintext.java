package io.wgsd.testkit.net.wireguard;

import io.wgsd.testkit.net.TunnelDatagram;
import io.wgsd.testkit.net.ip.PacketHeaders;
import org.jspecify.annotations.Nullable;

/** What a transport message carries: a packet, or nothing, which is a keepalive. */
public record Plaintext(@Nullable TunnelDatagram packet) {

    public static final Plaintext KEEPALIVE = new Plaintext(null);

    private static final int PADDING_MULTIPLE = 16;

    public boolean isKeepalive() {
        return packet == null;
    }

    int paddedLength() {
        if (packet == null) {
            return 0;
        }
        return (PacketHeaders.length(packet.source().address()) + packet.length() + PADDING_MULTIPLE - 1)
                / PADDING_MULTIPLE
                * PADDING_MULTIPLE;
    }

    @Override
    public String toString() {
        return packet == null ? "keepalive" : "data (" + packet + ")";
    }
}
