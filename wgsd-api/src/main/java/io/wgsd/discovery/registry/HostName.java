package io.wgsd.discovery.registry;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.lookup.LookupErrors;
import io.wgsd.model.FormatException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A host by its name, and a port.
 *
 * @param host the name, or a numeric address
 * @param port 1 to 65535
 */
public record HostName(String host, int port) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
    private static final int MAX_PORT = 65_535;

    public HostName {
        if (!FORM.matcher(host).matches()) {
            throw new FormatException(
                    "host name", host, "it must be letters, digits, hyphens and dots, as in hub.example.com");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new FormatException("port", Integer.toString(port), "it must be 1.." + MAX_PORT);
        }
    }

    /** Returns the host's first address, with the port; may block as long as the system's resolver. */
    public InetSocketAddress resolved() throws DiscoveryException {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw LookupErrors.unresolved(toString());
        }
    }

    /** Returns the form in which it is written. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
