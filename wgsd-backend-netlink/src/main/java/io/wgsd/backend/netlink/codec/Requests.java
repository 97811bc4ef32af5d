package io.wgsd.backend.netlink.codec;

import java.nio.ByteBuffer;

/** Asks for a device. */
public final class Requests {

    private Requests() {}

    /** Writes the request for a device with all its peers. */
    public static void getDevice(ByteBuffer buffer, int family, int sequence, String device) {
        MessageWriter out = new MessageWriter(buffer);
        out.begin(
                family,
                Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP,
                sequence,
                WireGuard.CMD_GET_DEVICE,
                WireGuard.GENL_VERSION);
        out.string(WireGuard.DEVICE_A_IFNAME, device);
        out.end();
    }
}
