package io.wgsd.backend.netlink.codec;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints as struct sockaddr_in and sockaddr_in6: the family and the scope are in the machine's byte order, the port
 * in the network's.
 */
final class SocketAddresses {

    private static final int PORT = 2;
    private static final int ADDRESS = 4;
    private static final int ADDRESS6 = 8;
    private static final int SCOPE6 = 24;

    private SocketAddresses() {}

    /**
     * Returns the endpoint; null for port 0, from which a forged packet may come, and to which nothing can be sent: an
     * error instead would let one peer make its whole device unreadable.
     */
    static @Nullable Endpoint read(ByteBuffer struct) throws ProtocolException {
        if (struct.remaining() < Short.BYTES) {
            throw new ProtocolException("an endpoint without a family");
        }
        int family = Short.toUnsignedInt(struct.getShort(0));
        if (family == WireGuard.AF_INET) {
            require(struct, WireGuard.SOCKADDR_IN);
            int port = port(struct);
            return port == 0 ? null : Endpoint.of(address(struct, ADDRESS, 4), port);
        }
        if (family == WireGuard.AF_INET6) {
            require(struct, WireGuard.SOCKADDR_IN6);
            int port = port(struct);
            return port == 0 ? null : endpoint6(struct, port);
        }
        throw new ProtocolException("an endpoint of the unknown family " + family);
    }

    /** Returns the length of an endpoint's struct. */
    static int length(Endpoint endpoint) {
        return endpoint.address().isIpv6() ? WireGuard.SOCKADDR_IN6 : WireGuard.SOCKADDR_IN;
    }

    /** Writes an endpoint, with the index of the interface that its scope names; 0 for none. */
    static void write(ByteBuffer out, Endpoint endpoint, int scope) {
        boolean v6 = endpoint.address().isIpv6();
        out.putShort((short) (v6 ? WireGuard.AF_INET6 : WireGuard.AF_INET));
        out.put((byte) (endpoint.port() >> 8)).put((byte) endpoint.port());
        if (v6) {
            // The flow.
            out.putInt(0);
        }
        out.put(endpoint.address().toBytes());
        if (v6) {
            out.putInt(scope);
        } else {
            out.putLong(0);
        }
    }

    private static Endpoint endpoint6(ByteBuffer struct, int port) throws ProtocolException {
        IpAddress address = address(struct, ADDRESS6, 16);
        int scope = struct.getInt(SCOPE6);
        if (scope < 0) {
            throw new ProtocolException("an endpoint of scope " + Integer.toUnsignedString(scope));
        }
        // An IPv4-mapped address is an IPv4 endpoint, which has no scope.
        return scope == 0 || !address.unmapped().isIpv6()
                ? Endpoint.of(address, port)
                : Endpoint.of(address, Integer.toString(scope), port);
    }

    private static IpAddress address(ByteBuffer struct, int at, int length) {
        byte[] bytes = new byte[length];
        struct.get(at, bytes);
        return IpAddress.of(bytes);
    }

    private static int port(ByteBuffer struct) {
        short port = struct.getShort(PORT);
        return Short.toUnsignedInt(struct.order() == ByteOrder.BIG_ENDIAN ? port : Short.reverseBytes(port));
    }

    private static void require(ByteBuffer struct, int length) throws ProtocolException {
        if (struct.remaining() < length) {
            throw new ProtocolException(
                    "an endpoint has " + struct.remaining() + " bytes where " + length + " are expected");
        }
    }
}
