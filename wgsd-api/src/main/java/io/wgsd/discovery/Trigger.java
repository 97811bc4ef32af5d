package io.wgsd.discovery;

import io.wgsd.model.Device;
import io.wgsd.model.PublicKey;
import java.util.Collection;

/** Gives WireGuard a reason to begin a handshake, for setting an endpoint sends nothing by itself. */
interface Trigger {

    /** Does what it can for peers without a session; that it cannot is no error. */
    void pull(Device device, Collection<PublicKey> peers);
}
