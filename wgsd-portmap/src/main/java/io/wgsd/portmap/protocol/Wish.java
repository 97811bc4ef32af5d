package io.wgsd.portmap.protocol;

import io.wgsd.portmap.Gateway;
import java.time.Duration;
import java.util.Optional;

/**
 * What a router is asked for.
 *
 * @param gateway the router
 * @param internalPort the UDP port of this host
 * @param lifetime for how long, in whole seconds
 * @param held what it may hold already, by the same protocol; empty if nothing is known
 */
public record Wish(Gateway gateway, int internalPort, Duration lifetime, Optional<Held> held) {

    /** Returns which external port is best: the one from before, else the same as inside. */
    public int externalPort() {
        return held.map(Held::externalPort).filter(port -> port != 0).orElse(internalPort);
    }
}
