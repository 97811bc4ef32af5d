package io.wgsd.discovery;

import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import java.util.Collection;

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
}
