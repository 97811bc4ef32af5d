package io.wgsd.backend.netlink.codec;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Asks for network interfaces, of WireGuard's kind or of all kinds, and reads what they are:
 * include/uapi/linux/rtnetlink.h and if_link.h.
 */
public final class Links {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;

    /** The length of struct ifinfomsg. */
    private static final int IFINFOMSG = 16;

    /** Where struct ifinfomsg has the interface's number, and its flags. */
    private static final int INDEX = 4;

    private static final int FLAGS = 8;

    private static final int IFF_UP = 1;
    private static final int IFF_LOOPBACK = 8;

    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MASTER = 10;
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
     * An interface.
     *
     * @param name its name
     * @param index its number
     * @param kind what the kernel calls its kind; empty for hardware
     * @param isUp whether it is up
     * @param isLoopback whether it is the host's own
     * @param isPart whether it is a port of another one, as of a bridge
     */
    public record Link(String name, int index, String kind, boolean isUp, boolean isLoopback, boolean isPart) {}

    /** Writes the request for the interfaces of all kinds. */
    public static void listAll(ByteBuffer buffer, int sequence) {
        MessageWriter out = new MessageWriter(buffer);
        out.begin(RTM_GETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, sequence);
        out.zeros(IFINFOMSG);
        out.u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
        out.end();
    }

    /**
     * Returns the interface that a message describes.
     *
     * @param type the message's type
     * @param payload what follows its header
     * @return empty where the message describes none
     * @throws ProtocolException if it is not what the kernel writes
     */
    public static Optional<Link> link(int type, ByteBuffer payload) throws ProtocolException {
        if (type != RTM_NEWLINK) {
            return Optional.empty();
        }
        if (payload.remaining() < IFINFOMSG) {
            throw new ProtocolException("a link message has only " + payload.remaining() + " bytes");
        }
        int index = payload.getInt(payload.position() + INDEX);
        int flags = payload.getInt(payload.position() + FLAGS);
        payload.position(payload.position() + IFINFOMSG);
        String name = "";
        String kind = "";
        boolean part = false;
        Attributes attributes = new Attributes(payload);
        while (attributes.next()) {
            switch (attributes.type()) {
                case IFLA_IFNAME -> name = attributes.string();
                case IFLA_MASTER -> part = true;
                case IFLA_LINKINFO -> kind = kind(attributes.nested());
                default -> {}
            }
        }
        boolean up = (flags & IFF_UP) != 0;
        boolean loopback = (flags & IFF_LOOPBACK) != 0;
        return name.isEmpty() ? Optional.empty() : Optional.of(new Link(name, index, kind, up, loopback, part));
    }

    private static String kind(Attributes linkInfo) throws ProtocolException {
        while (linkInfo.next()) {
            if (linkInfo.type() == IFLA_INFO_KIND) {
                return linkInfo.string();
            }
        }
        return "";
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
        return link(type, payload)
                .filter(link -> link.kind().equals(WireGuard.GENL_NAME))
                .map(Link::name);
    }
}
