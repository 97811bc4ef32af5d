package io.wgsd.discovery.carrier;

import io.wgsd.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of the host to which packets are carried; the last ones that were found, where none can be found. */
final class RelayHost {

    private final String name;
    private final Lookup lookup;
    private List<InetAddress> last = List.of();
    private int turn;

    /** Looks names up. */
    @FunctionalInterface
    interface Lookup {

        /** Returns the addresses of a host; blocks. */
        InetAddress[] of(String name) throws UnknownHostException;
    }

    RelayHost(String name, Lookup lookup) {
        this.name = name;
        this.lookup = lookup;
    }

    /** Returns the address whose turn it is; blocks. */
    synchronized InetAddress next() throws IOException {
        UnknownHostException failure = null;
        try {
            last = List.of(lookup.of(name));
        } catch (UnknownHostException e) {
            failure = e;
        }
        if (last.isEmpty()) {
            throw unknown(failure);
        }
        return last.get(turn++ % last.size());
    }

    /** Returns whether an endpoint is at one of the addresses that were found last. */
    synchronized boolean isAt(Endpoint endpoint) {
        return last.contains(endpoint.address().toInetAddress());
    }

    private IOException unknown(@Nullable UnknownHostException failure) {
        return new IOException(
                "the name " + name + " cannot be looked up; give its address, as in --tls 192.0.2.1, with --tls-pin",
                failure);
    }
}
