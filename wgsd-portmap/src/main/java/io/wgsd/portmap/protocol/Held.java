package io.wgsd.portmap.protocol;

import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingProtocol;
import java.time.Instant;

/**
 * What a router may hold for this host, with all that is needed to renew or release it.
 *
 * @param protocol how it was asked for
 * @param gateway the router
 * @param internalPort the UDP port of this host
 * @param externalPort the router's; 0 where it has not said yet
 * @param key what the protocol needs besides, in printable ASCII without blanks; "-" for nothing
 * @param until when the router forgets it unless it is renewed
 */
public record Held(
        MappingProtocol protocol, Gateway gateway, int internalPort, int externalPort, String key, Instant until) {

    /** Returns whether it is for the same port, asked for in the same way of the same router. */
    public boolean isSameAs(Held other) {
        return protocol == other.protocol && gateway.equals(other.gateway) && internalPort == other.internalPort;
    }
}
