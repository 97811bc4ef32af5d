package io.wgsd.examples.command;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}, where the port is 53 if it is left out, and the host may be a name. */
final class HostPort {

    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65535;

    private HostPort() {}

    /** Reads it for picocli; apart from the rest, whose use in lambda expressions would keep Java from archiving picocli's classes. */
    static final class Converter implements ITypeConverter<InetSocketAddress> {

        @Override
        public InetSocketAddress convert(String text) {
            try {
                return parse(text);
            } catch (IOException | IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Returns the form that is read. */
    static String format(InetSocketAddress address) {
        return address.getPort() == 0 || address.isUnresolved()
                ? address.toString()
                : Endpoint.of(address).toString();
    }

    private static InetSocketAddress parse(String text) throws IOException {
        if (text.startsWith("[")) {
            return Endpoint.parse(text.endsWith("]") ? text + ":" + DNS_PORT : text)
                    .toSocketAddress();
        }
        int colon = text.lastIndexOf(':');
        if (colon != text.indexOf(':')) {
            // More than one colon and no bracket: an IPv6 address without a port.
            return new InetSocketAddress(IpAddress.parse(text).toInetAddress(), DNS_PORT);
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? DNS_PORT : port(text, text.substring(colon + 1));
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new FormatException(
                    "address", text, "the host is neither an address nor a name that can be resolved");
        }
    }

    private static int port(String text, String digits) {
        if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= MAX_PORT) {
            return Integer.parseInt(digits);
        }
        throw new FormatException("address", text, "the port must be 1.." + MAX_PORT + ", as in 10.0.0.254:53");
    }
}
