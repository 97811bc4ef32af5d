package io.wgsd.portmap.upnp;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;

/**
 * A service of a router that maps ports.
 *
 * @param type its type and version
 * @param control where it takes requests
 */
record Service(String type, HttpTarget control) {

    private static final String TYPES = "urn:schemas-upnp-org:service:WAN(IP|PPP)Connection:[1-9]";

    static boolean isType(String text) {
        return text.matches(TYPES);
    }

    /** Returns a text without blanks, which {@link #parse} reads. */
    String toText() {
        return type + "@" + control;
    }

    /**
     * Reads what {@link #toText} has written.
     *
     * @throws ProtocolException if it is no such text, or the service is not at the router
     */
    static Service parse(String text, IpAddress router) throws ProtocolException {
        int at = text.indexOf('@');
        if (at < 0 || !isType(text.substring(0, at))) {
            throw new ProtocolException("what is no service");
        }
        return new Service(text.substring(0, at), HttpTarget.parse(text.substring(at + 1), router));
    }
}
