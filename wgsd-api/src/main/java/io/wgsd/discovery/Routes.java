package io.wgsd.discovery;

import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/** What this host's addresses and routes are; nothing is sent to find out. */
interface Routes {

    /** Returns all addresses of this host. */
    Set<IpAddress> addresses();

    /** Returns the addresses of one interface; none where there is no such interface. */
    Set<IpAddress> addresses(String device);

    /** Returns the address from which the system would send; empty where it has no route. */
    Optional<IpAddress> source(InetSocketAddress destination);
}
