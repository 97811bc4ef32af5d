package io.wgsd.testkit.memory;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that a change did to a device; what left everything as it was is no event.
 *
 * <p>All events are immutable and thread-safe, and none holds a secret. More kinds may be added, so a {@code switch}
 * over them needs a {@code default}.
 */
public interface MemoryEvent {

    /** Something that a change did to one peer. */
    interface OfPeer extends MemoryEvent {

        /**
         * Returns the peer that it was done to.
         *
         * @return the peer's key
         */
        PublicKey peer();
    }

    /** The device was created. */
    record DeviceCreated() implements MemoryEvent {}

    /** The device was removed; its peers went with it, without an event for each. */
    record DeviceRemoved() implements MemoryEvent {}

    /**
     * The device has another name.
     *
     * @param previous the name that it had
     */
    record DeviceRenamed(String previous) implements MemoryEvent {}

    /**
     * The device has another firewall mark.
     *
     * @param previous the mark that it had, 0 for none
     * @param current the mark that it has
     */
    record FirewallMarkChanged(long previous, long current) implements MemoryEvent {}

    /**
     * The device listens on another port.
     *
     * @param previous the port that it had
     * @param current the port that it has
     */
    record ListenPortChanged(int previous, int current) implements MemoryEvent {}

    /**
     * The device has another private key, so that no session of it is of use any more.
     *
     * @param current the public key that belongs to it; empty where it has none any more
     */
    record PrivateKeyChanged(Optional<PublicKey> current) implements MemoryEvent {}

    /**
     * A peer was added, without any setting: those that it has follow as events of their own.
     *
     * @param peer the peer's key
     */
    record PeerAdded(PublicKey peer) implements OfPeer {}

    /**
     * A peer was removed, with its session, and its allowed IPs with it.
     *
     * @param peer the peer's key
     */
    record PeerRemoved(PublicKey peer) implements OfPeer {}

    /**
     * A peer was removed and added again with everything it had: its session is gone and its statistics are zero. Where
     * it has a persistent keepalive, a {@link KeepaliveChanged} from zero follows, because it is switched on again.
     *
     * @param peer the peer's key
     */
    record PeerRestarted(PublicKey peer) implements OfPeer {}

    /**
     * A peer has another preshared key, or none any more.
     *
     * @param peer the peer's key
     */
    record PresharedKeyChanged(PublicKey peer) implements OfPeer {}

    /**
     * A peer was given another endpoint.
     *
     * @param peer the peer's key
     * @param endpoint where its packets go from now on
     */
    record EndpointSet(PublicKey peer, Endpoint endpoint) implements OfPeer {}

    /**
     * A peer has one more allowed IP.
     *
     * @param peer the peer's key
     * @param prefix the allowed IP
     */
    record AllowedIpAdded(PublicKey peer, IpPrefix prefix) implements OfPeer {}

    /**
     * A peer has an allowed IP no longer: it was dropped, or moved to another peer, as that peer's next event says.
     *
     * @param peer the peer's key
     * @param prefix the allowed IP
     */
    record AllowedIpRemoved(PublicKey peer, IpPrefix prefix) implements OfPeer {}

    /**
     * A peer has another persistent keepalive interval.
     *
     * @param peer the peer's key
     * @param previous the interval that it had, zero for off
     * @param current the interval that it has, zero for off
     */
    record KeepaliveChanged(PublicKey peer, Duration previous, Duration current) implements OfPeer {

        /**
         * Returns whether WireGuard sends a packet to the peer at once, as it does where keepalives are switched on
         * (drivers/net/wireguard/netlink.c, set_peer).
         *
         * @return whether it went from off to on
         */
        public boolean sendsAtOnce() {
            return previous.isZero() && !current.isZero();
        }
    }
}
