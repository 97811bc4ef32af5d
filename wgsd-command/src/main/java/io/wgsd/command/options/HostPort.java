package io.wgsd.command.options;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST:PORT}. The port is 53 if it is left out, and the host may be a name. */
public final class HostPort {

    private static final int DNS_PORT = 53;
    private static final int MAX_PORT = 65535;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?");

    private HostPort() {}

    /** Reads it for picocli. As a lambda expression it would keep Java from archiving picocli's classes. */
    public static final class Converter implements ITypeConverter<InetSocketAddress> {

        @Override
        public InetSocketAddress convert(String text) {
            try {
                return parse(text, true);
            } catch (IOException | IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads it and leaves a name as it is, to be looked up later. */
    public static final class NameConverter implements ITypeConverter<InetSocketAddress> {

        @Override
        public InetSocketAddress convert(String text) {
            try {
                return parse(text, false);
            } catch (IOException | IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads it for an option whose value has other parts too. */
    static InetSocketAddress read(String option, String text) {
        try {
            return parse(text, true);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    private static InetSocketAddress parse(String text, boolean resolve) throws IOException {
        if (text.startsWith("[")) {
            return numeric(Endpoint.parse(text.endsWith("]") ? text + ":" + DNS_PORT : text));
        }
        int colon = text.lastIndexOf(':');
        if (colon != text.indexOf(':')) {
            // More than one colon and no bracket: an IPv6 address without a port.
            return numeric(Endpoint.parse("[" + text + "]:" + DNS_PORT));
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        int port = colon < 0 ? DNS_PORT : port(text, text.substring(colon + 1));
        if (!isNumeric(host) && !NAME.matcher(host).matches()) {
            throw new FormatException("address", text, "the host is neither an address nor a host's name");
        }
        if (!resolve && !isNumeric(host)) {
            return InetSocketAddress.createUnresolved(host, port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new FormatException(
                    "address", text, "the host is neither an address nor a name that can be resolved");
        }
    }

    /** Keeps the link's name with a link-local address: the interface may appear later, or again with another index. */
    private static InetSocketAddress numeric(Endpoint endpoint) throws IOException {
        if (endpoint.scope().isEmpty() || endpoint.scopeIndex().isPresent()) {
            return endpoint.toSocketAddress();
        }
        String name = endpoint.scope().get();
        NetworkInterface link = NetworkInterface.getByName(name);
        String host = endpoint.address() + "%" + name;
        byte[] bytes = endpoint.address().toBytes();
        return new InetSocketAddress(
                Inet6Address.getByAddress(host, bytes, link == null ? 0 : link.getIndex()), endpoint.port());
    }

    /** Digits and dots alone are an IPv4 address or a mistake: no host name consists of them. */
    private static boolean isNumeric(String host) {
        return host.matches("[0-9.]+");
    }

    private static int port(String text, String digits) {
        if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= MAX_PORT) {
            return Integer.parseInt(digits);
        }
        throw new FormatException("address", text, "the port must be 1.." + MAX_PORT + ", as in 10.0.0.254:53");
    }
}
