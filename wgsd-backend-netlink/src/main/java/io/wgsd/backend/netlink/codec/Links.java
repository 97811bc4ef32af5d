package io.wgsd.backend.netlink.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Asks for the network interfaces of WireGuard's kind, and reads their names: include/uapi/linux/rtnetlink.h and
 * if_link.h.
 */
public final class Links {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;

    /** The length of struct ifinfomsg. */
    private static final int IFINFOMSG = 16;

    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_EXT_MASK = 29;
    private static final int IFLA_INFO_KIND = 1;
    private static final int RTEXT_FILTER_SKIP_STATS = 8;

    private Links() {}

    /** Writes the request for all of them, which any user may send. */
    public static void list(ByteBuffer buffer, int sequence) {
        MessageWriter out = new MessageWriter(buffer);
        out.begin(RTM_GETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, sequence);
        out.zeros(IFINFOMSG);
        int nest = out.beginNest(IFLA_LINKINFO);
        out.string(IFLA_INFO_KIND, WireGuard.GENL_NAME);
        out.endNest(nest);
        out.u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        out.end();
    }

    /**
     * Returns the name of the interface that a message describes, where it is a WireGuard. The kernel heeds the kind
     * that was asked for only once it knows it: without the module loaded it sends all interfaces.
     *
     * @param type the message's type
     * @param payload what follows its header
     * @return empty where it is another kind of interface
     * @throws ProtocolException if it is not what the kernel writes
     */
    public static Optional<String> wireGuardName(int type, ByteBuffer payload) throws ProtocolException {
        if (type != RTM_NEWLINK) {
            return Optional.empty();
        }
        if (payload.remaining() < IFINFOMSG) {
            throw new ProtocolException("a link message has only " + payload.remaining() + " bytes");
        }
        payload.position(payload.position() + IFINFOMSG);
        String name = null;
        boolean isWireGuard = false;
        Attributes attributes = new Attributes(payload);
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_IFNAME -> name = attributes.string();
                case IFLA_LINKINFO -> isWireGuard = isWireGuard(attributes.nested());
                default -> {}
            }
        }
        return isWireGuard ? Optional.ofNullable(name) : Optional.empty();
    }

    private static boolean isWireGuard(Attributes linkInfo) throws ProtocolException {
        while (linkInfo.next()) {
            if (linkInfo.type() == IFLA_INFO_KIND && linkInfo.string().equals(WireGuard.GENL_NAME)) {
                return true;
            }
        }
        return false;
    }
}
