package io.wgsd.backend.netlink.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** Asks the kernel by which number WireGuard's generic netlink family goes: net/netlink/genetlink.c. */
public final class Families {

    private Families() {}

    /** Writes the request for WireGuard's family; the kernel loads the module for it where it has one. */
    public static void find(ByteBuffer buffer, int sequence) {
        MessageWriter out = new MessageWriter(buffer);
        out.begin(
                Netlink.GENL_ID_CTRL,
                Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK,
                sequence,
                Netlink.CTRL_CMD_GETFAMILY,
                Netlink.CTRL_VERSION);
        out.string(Netlink.CTRL_ATTR_FAMILY_NAME, WireGuard.GENL_NAME);
        out.end();
    }

    /** Writes the request for all families that there are, which changes nothing. */
    public static void list(ByteBuffer buffer, int sequence) {
        MessageWriter out = new MessageWriter(buffer);
        out.begin(
                Netlink.GENL_ID_CTRL,
                Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP,
                sequence,
                Netlink.CTRL_CMD_GETFAMILY,
                Netlink.CTRL_VERSION);
        out.end();
    }

    /**
     * Returns the family's number, where a message is about WireGuard's.
     *
     * @param type the message's type
     * @param payload what follows its header
     * @return empty where it is about another family
     * @throws ProtocolException if it is not what the kernel writes
     */
    public static OptionalInt wireGuardId(int type, ByteBuffer payload) throws ProtocolException {
        if (type != Netlink.GENL_ID_CTRL) {
            return OptionalInt.empty();
        }
        Generic.skipHeader(payload);
        int id = 0;
        boolean isWireGuard = false;
        Attributes attributes = new Attributes(payload);
        while (attributes.next()) {
            switch (attributes.type()) {
                case Netlink.CTRL_ATTR_FAMILY_ID -> id = attributes.u16();
                case Netlink.CTRL_ATTR_FAMILY_NAME ->
                    isWireGuard = attributes.string().equals(WireGuard.GENL_NAME);
                default -> {}
            }
        }
        return isWireGuard && id != 0 ? OptionalInt.of(id) : OptionalInt.empty();
    }
}
