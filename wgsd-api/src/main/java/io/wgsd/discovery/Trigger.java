package io.wgsd.discovery;

import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import java.util.Collection;

/**
 * Gives WireGuard a reason to begin a handshake, for setting an endpoint sends nothing by itself
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
     * Does what it can; that it cannot is no error.
     *
     * @param device the device as it was read last
     * @param peers peers of it that have an endpoint and no session
     */
    void pull(Device device, Collection<PublicKey> peers);
}
