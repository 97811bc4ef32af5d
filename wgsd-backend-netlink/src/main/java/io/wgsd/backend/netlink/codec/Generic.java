package io.wgsd.backend.netlink.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** The second header, of generic netlink's messages. */
final class Generic {

    private Generic() {}

    static void skipHeader(ByteBuffer payload) throws ProtocolException {
        if (payload.remaining() < Netlink.GENERIC_HEADER) {
            throw new ProtocolException("a generic netlink message has only " + payload.remaining() + " bytes");
        }
        payload.position(payload.position() + Netlink.GENERIC_HEADER);
    }
}
