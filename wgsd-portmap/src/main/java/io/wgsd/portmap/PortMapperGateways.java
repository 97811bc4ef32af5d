package io.wgsd.portmap;

import java.io.IOException;
import java.util.Optional;

/** Says which router is before this host, as far as this is known now. */
@FunctionalInterface
public interface PortMapperGateways {

    /**
     * Returns the router by which this host reaches the outside. A mapper asks every ten seconds, and when {@link
     * PortMapper#networkChanged} is called, on a thread of its own; it may block for a second.
     *
     * @return the router; empty where none is known, or none is needed
     * @throws IOException if it cannot be found out; in one line
     */
    Optional<Gateway> current() throws IOException;
}
