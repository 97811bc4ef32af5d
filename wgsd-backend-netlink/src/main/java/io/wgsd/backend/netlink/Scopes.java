package io.wgsd.backend.netlink;

import io.wgsd.backend.netlink.transport.NetlinkSockets;
import io.wgsd.model.Endpoint;
import io.wgsd.spi.Operation;
import io.wgsd.spi.RejectedException;

/** Turns the scopes of endpoints, which may be names, into the indices that the kernel takes. */
final class Scopes {

    private final NetlinkSockets sockets;

    Scopes(NetlinkSockets sockets) {
        this.sockets = sockets;
    }

    /** Returns the index of the interface that an endpoint's scope names; 0 where it has no scope. */
    int index(Operation operation, Endpoint endpoint) throws RejectedException {
        if (endpoint.scope().isEmpty()) {
            return 0;
        }
        int index = endpoint.scopeIndex()
                .orElseGet(() -> sockets.interfaceIndex(endpoint.scope().orElseThrow()));
        if (index == 0) {
            throw new RejectedException(
                    operation.origin(),
                    operation.action(),
                    "there is no interface \"" + endpoint.scope().orElseThrow() + "\" for the endpoint " + endpoint);
        }
        return index;
    }
}
