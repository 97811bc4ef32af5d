package io.wgsd.server.transport.bind;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;

/** The network interfaces of a host. */
@FunctionalInterface
public interface Links {

    /**
     * Returns the interfaces that there are now.
     *
     * @return the interfaces, those without addresses too
     * @throws SocketException if they cannot be listed
     */
    List<Link> list() throws SocketException;

    /**
     * Returns the interfaces of this host.
     *
     * @return a view that asks the system at each call
     */
    static Links ofThisHost() {
        return () -> Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .map(each -> new Link(each.getName(), each.getIndex(), Collections.list(each.getInetAddresses())))
                .toList();
    }
}
