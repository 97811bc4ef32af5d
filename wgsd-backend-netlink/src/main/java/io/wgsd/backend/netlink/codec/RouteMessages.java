package io.wgsd.backend.netlink.codec;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Asks the kernel where a packet would leave, and reads the answer: include/uapi/linux/rtnetlink.h. */
public final class RouteMessages {

    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_GETROUTE = 26;

    /** The length of struct rtmsg. */
    private static final int RTMSG = 12;

    private static final int RTMSG_TYPE = 7;

    private static final int RTN_BLACKHOLE = 6;
    private static final int RTN_THROW = 9;

    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_MARK = 16;
    private static final int RTA_VIA = 18;
    private static final int RTA_UID = 25;
    private static final int RTA_IP_PROTO = 27;
    private static final int RTA_SPORT = 28;
    private static final int RTA_DPORT = 29;

    private static final int IPPROTO_UDP = 17;

    private static final int IPV4 = 4;
    private static final int IPV6 = 16;

    private RouteMessages() {}

    /**
     * Writes the question for one packet, which any user may ask. Rules may look at its mark, ports, protocol and user:
     * the kernel's WireGuard sends as root, and userspace ones mostly do.
     *
     * @param to where the packet goes
     * @param scope the index of the interface that the endpoint's scope names; 0 for none
     * @param mark the packet's mark; 0 for none
     * @param port the port that it is sent from
     */
    public static void ask(ByteBuffer buffer, int sequence, Endpoint to, int scope, long mark, int port) {
        boolean v6 = to.address().isIpv6();
        MessageWriter out = new MessageWriter(buffer);
        out.begin(RTM_GETROUTE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, sequence);
        buffer.put((byte) (v6 ? WireGuard.AF_INET6 : WireGuard.AF_INET));
        buffer.put((byte) to.address().bitLength());
        out.zeros(RTMSG - 2);
        out.bytes(RTA_DST, to.address().toBytes());
        if (scope != 0) {
            out.u32(RTA_OIF, scope);
        }
        if (mark != 0) {
            out.u32(RTA_MARK, mark);
        }
        out.u32(RTA_UID, 0);
        out.u8(RTA_IP_PROTO, IPPROTO_UDP);
        port(out, RTA_SPORT, port);
        port(out, RTA_DPORT, to.port());
        out.end();
    }

    /**
     * Returns where the packet would leave.
     *
     * @param type the message's type
     * @param payload what follows its header
     * @return the index of the interface, 0 where the route forbids it; empty where the message is no route
     * @throws ProtocolException if it is not what the kernel writes
     */
    public static Optional<Integer> outgoing(int type, ByteBuffer payload) throws ProtocolException {
        if (type != RTM_NEWROUTE) {
            return Optional.empty();
        }
        if (payload.remaining() < RTMSG) {
            throw new ProtocolException("a route message has only " + payload.remaining() + " bytes");
        }
        int kind = Byte.toUnsignedInt(payload.get(payload.position() + RTMSG_TYPE));
        payload.position(payload.position() + RTMSG);
        int link = 0;
        Attributes attributes = new Attributes(payload);
        while (attributes.next()) {
            if (attributes.type() == RTA_OIF) {
                link = (int) attributes.u32();
            }
        }
        return Optional.of(kind >= RTN_BLACKHOLE && kind <= RTN_THROW ? 0 : link);
    }

    /**
     * Writes the question for the next hop of a packet that leaves through a certain interface.
     *
     * @param to where the packet goes
     * @param link the number of the interface
     */
    public static void askThrough(ByteBuffer buffer, int sequence, IpAddress to, int link) {
        MessageWriter out = new MessageWriter(buffer);
        out.begin(RTM_GETROUTE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, sequence);
        buffer.put((byte) (to.isIpv6() ? WireGuard.AF_INET6 : WireGuard.AF_INET));
        buffer.put((byte) to.bitLength());
        out.zeros(RTMSG - 2);
        out.bytes(RTA_DST, to.toBytes());
        out.u32(RTA_OIF, link);
        out.end();
    }

    /**
     * Returns the router that a route leads to.
     *
     * @param type the message's type
     * @param payload what follows its header
     * @return empty where the route needs no router, or the message is no route
     * @throws ProtocolException if it is not what the kernel writes
     */
    public static Optional<IpAddress> gateway(int type, ByteBuffer payload) throws ProtocolException {
        if (type != RTM_NEWROUTE) {
            return Optional.empty();
        }
        if (payload.remaining() < RTMSG) {
            throw new ProtocolException("a route message has only " + payload.remaining() + " bytes");
        }
        payload.position(payload.position() + RTMSG);
        Attributes attributes = new Attributes(payload);
        while (attributes.next()) {
            if (attributes.type() == RTA_GATEWAY) {
                return Optional.of(address(attributes, 0));
            }
            if (attributes.type() == RTA_VIA) {
                // struct rtvia: the family of the router's address comes before it.
                return Optional.of(address(attributes, Short.BYTES));
            }
        }
        return Optional.empty();
    }

    private static IpAddress address(Attributes attributes, int from) throws ProtocolException {
        int length = attributes.length() - from;
        if (length != IPV4 && length != IPV6) {
            throw new ProtocolException("a router's address has " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        attributes.struct().position(from).get(bytes);
        return IpAddress.of(bytes);
    }

    /** Ports are in the network's order. */
    private static void port(MessageWriter out, int type, int port) {
        ByteBuffer struct = out.struct(type, Short.BYTES);
        struct.put((byte) (port >> 8)).put((byte) port);
        out.zeros(2);
    }
}
