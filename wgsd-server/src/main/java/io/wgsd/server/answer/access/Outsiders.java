package io.wgsd.server.answer.access;

import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.util.List;

/**
 * What clients may have that are neither this host nor a peer. Immutable and thread-safe.
 *
 * @param allowed the clients that may ask for a key they know; default routes allow anyone
 * @param mayEnumerate whether these may have the list of peers too
 */
public record Outsiders(List<IpPrefix> allowed, boolean mayEnumerate) {

    /**
     * Makes rules of a copy of the prefixes.
     *
     * @param allowed the clients that may ask
     * @param mayEnumerate whether these may have the list too
     */
    public Outsiders {
        allowed = List.copyOf(allowed);
    }

    Access access(IpAddress source) {
        for (IpPrefix prefix : allowed) {
            if (prefix.contains(source)) {
                return mayEnumerate ? Access.EVERYTHING : Access.KNOWN_KEYS;
            }
        }
        return Access.REFUSAL;
    }
}
