package io.wgsd.discovery;

import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.Optional;

/**
 * Gives WireGuard a reason to begin a handshake, since setting an endpoint sends nothing by itself
 * (drivers/net/wireguard/netlink.c, set_peer). Implementations are thread-safe.
 */
public interface Trigger {

    /**
     * Returns a trigger that does nothing.
     *
     * @return the trigger
     */
    static Trigger none() {
        return (device, peers) -> {};
    }

    /**
     * Triggers handshakes if it can; it is not an error if it cannot.
     *
     * @param device the device as it was read last
     * @param peers those of its peers that have an endpoint and no session
     */
    void pull(Device device, Collection<PublicKey> peers);

    /**
     * Prepares datagrams to one peer that show whether packets of the device's full MTU reach it.
     *
     * @param device the device as it was read last
     * @param peer one of its peers, with a session
     * @return the datagrams, which the caller closes; empty, as by default, where none can be sent
     */
    default Optional<Probe> probe(Device device, PublicKey peer) {
        return Optional.empty();
    }

    /**
     * Datagrams through the tunnel that the peer's host answers at once, since nothing takes them: ICMP, port
     * unreachable (RFC 1122, section 4.1.3.1), which is small. So an answer shows that the datagram got there. A
     * firewall may drop them, and Linux answers a host six times at once and then once a second, so silence alone shows
     * nothing. Nothing here blocks. Not thread-safe.
     */
    interface Probe extends AutoCloseable {

        /** How large a datagram is. */
        enum Size {
            /** As large as a packet may be on the device. */
            FULL,
            /** It has one byte. */
            SMALL
        }

        /**
         * Sends one.
         *
         * @param size how large it is
         * @return whether it was handed to the system
         */
        boolean send(Size size);

        /**
         * Looks for an answer.
         *
         * @param size how large the datagrams were
         * @return whether one of them has been answered
         */
        boolean isAnswered(Size size);

        /** Forgets them. */
        @Override
        void close();
    }
}
