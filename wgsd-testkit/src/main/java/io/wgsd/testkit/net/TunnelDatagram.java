package io.wgsd.testkit.net;

import io.wgsd.model.Endpoint;
import io.wgsd.testkit.net.ip.PacketHeaders;
import io.wgsd.testkit.net.ip.PortUnreachable;
import java.util.Objects;

/**
 * A UDP datagram inside a WireGuard tunnel.
 *
 * <p>Immutable and thread-safe if its payload is.
 *
 * @param source the sender's tunnel address and port
 * @param destination the receiver's tunnel address and port, of the same family
 * @param length how many bytes its payload would have, 0 to 65507
 * @param payload what it carries: a value, not bytes
 */
public record TunnelDatagram(Endpoint source, Endpoint destination, int length, Object payload) {

    private static final int MAX_LENGTH = 65_507;

    /** An error is no longer than what every host takes (RFC 1812, section 4.3.2.3). */
    private static final int LONGEST_IPV4_ERROR = 576;

    /** RFC 4443, section 2.4 (c). */
    private static final int LONGEST_IPV6_ERROR = 1280;

    /**
     * Makes a datagram.
     *
     * @param source the sender's tunnel address and port
     * @param destination the receiver's tunnel address and port
     * @param length how many bytes its payload would have
     * @param payload what it carries
     */
    public TunnelDatagram {
        Objects.requireNonNull(payload, "payload");
        if (source.address().isIpv6() != destination.address().isIpv6()) {
            throw new IllegalArgumentException("no datagram goes from " + source + " to " + destination);
        }
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length must be 0.." + MAX_LENGTH + " bytes, was " + length);
        }
    }

    TunnelDatagram answered(Object answer) {
        return new TunnelDatagram(/* source= */ destination, /* destination= */ source, length, answer);
    }

    /**
     * Returns the ICMP error that answers this if no socket is open: it quotes the packet, and its own headers are as
     * long as those of a UDP datagram.
     */
    TunnelDatagram refused() {
        boolean ipv6 = source.address().isIpv6();
        int headers = PacketHeaders.length(source.address());
        int quoted = Math.min(headers + length, (ipv6 ? LONGEST_IPV6_ERROR : LONGEST_IPV4_ERROR) - headers);
        return new TunnelDatagram(/* source= */ destination, /* destination= */ source, quoted, new PortUnreachable());
    }

    boolean isError() {
        return payload instanceof PortUnreachable;
    }

    /** Returns source, destination and payload. */
    @Override
    public String toString() {
        return source + " > " + destination + ": " + payload;
    }
}
