package io.wgsd.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a peer's UDP packets come from and go to: a numeric address, a port, and for IPv6 perhaps a scope.
 *
 * <p>Names are never resolved. An IPv4-mapped IPv6 address becomes the IPv4 address that it stands for. The scope (RFC
 * 4007), an interface's index or its name, is part of equality as it was given: {@code %2} and {@code %eth0} differ
 * even where they mean the same interface. Immutable and thread-safe.
 */
public final class Endpoint implements Comparable<Endpoint> {

    private static final String RULE =
            "must be a numeric address and a port of 1..65535, as in 192.0.2.1:51820 or [2001:db8::1]:51820;"
                    + " names are not resolved";
    private static final int MAX_PORT = 65535;

    private final IpAddress address;
    private final @Nullable String scope;
    private final int port;

    private Endpoint(IpAddress address, @Nullable String scope, int port) {
        if (port < 1 || port > MAX_PORT) {
            throw FormatException.withoutText("endpoint", "port must be 1.." + MAX_PORT + ", was " + port);
        }
        this.address = address.unmapped();
        // Scope 0 means "none" to every system (RFC 4007, section 6).
        this.scope = scope == null || Decimal.parse(scope, Integer.MAX_VALUE) == 0 ? null : scope;
        this.port = port;
        if (this.scope != null && !this.address.isIpv6()) {
            throw FormatException.withoutText("endpoint", "an IPv4 address has no scope, was %" + scope);
        }
    }

    /**
     * Returns an endpoint without a scope.
     *
     * @param address the address
     * @param port 1 to 65535
     * @return the endpoint
     * @throws FormatException if the port is out of range
     */
    public static Endpoint of(IpAddress address, int port) {
        return new Endpoint(address, null, port);
    }

    /**
     * Returns an endpoint whose address is meant on one link.
     *
     * @param address an IPv6 address
     * @param scope an interface's index in decimal, or its name; "0" is no scope
     * @param port 1 to 65535
     * @return the endpoint
     * @throws FormatException if the port is out of range, the address is IPv4, or the scope is no interface's name
     */
    public static Endpoint of(IpAddress address, String scope, int port) {
        if (!isScope(scope)) {
            throw new FormatException(
                    "scope", scope, "must be an interface's index or its name of at most 15 characters");
        }
        return new Endpoint(address, scope, port);
    }

    /**
     * Returns the same endpoint in this model; a scope is kept as an index.
     *
     * @param address a resolved socket address
     * @return the endpoint
     * @throws FormatException if the address is unresolved or its port is 0
     */
    public static Endpoint of(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host == null) {
            throw new FormatException("endpoint", address.getHostString(), "is a name that was not resolved; " + RULE);
        }
        int scope = host instanceof Inet6Address v6 ? v6.getScopeId() : 0;
        return new Endpoint(IpAddress.of(host), scope == 0 ? null : Integer.toString(scope), address.getPort());
    }

    /**
     * Parses the form that {@code wg} prints and takes.
     *
     * @param text as in {@code 192.0.2.1:51820}, {@code [2001:db8::1]:51820} or {@code [fe80::1%eth0]:51820}
     * @return the endpoint
     * @throws FormatException if the text is anything else; a host name is never resolved
     */
    public static Endpoint parse(String text) {
        boolean bracketed = text.startsWith("[");
        int end = bracketed ? text.indexOf("]:") : text.indexOf(':');
        if (end < 0) {
            throw new FormatException("endpoint", text, RULE);
        }
        String host = text.substring(bracketed ? 1 : 0, end);
        int percent = host.indexOf('%');
        byte[] bytes = IpLiteral.parse(percent < 0 ? host : host.substring(0, percent));
        int port = Decimal.parse(text.substring(end + (bracketed ? 2 : 1)), MAX_PORT);
        boolean familyFits = bytes != null && (bytes.length == 16) == bracketed;
        if (bytes == null || !familyFits || port < 1 || (percent >= 0 && !isScope(host.substring(percent + 1)))) {
            throw new FormatException("endpoint", text, RULE);
        }
        return new Endpoint(IpAddress.of(bytes), percent < 0 ? null : host.substring(percent + 1), port);
    }

    /**
     * Returns the address.
     *
     * @return an IPv4 or IPv6 address, never an IPv4-mapped one
     */
    public IpAddress address() {
        return address;
    }

    /**
     * Returns the port.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * Returns the scope as it was given: an interface's index in decimal, or its name.
     *
     * @return the scope, empty for IPv4 and for IPv6 without one
     */
    public Optional<String> scope() {
        return Optional.ofNullable(scope);
    }

    /**
     * Returns the scope where it was given as an interface's index.
     *
     * @return the index, empty where there is no scope or it is a name
     */
    public OptionalInt scopeIndex() {
        int index = scope == null ? -1 : Decimal.parse(scope, Integer.MAX_VALUE);
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * Returns the endpoint in the form that the Java runtime's sockets take.
     *
     * @return a resolved address with the scope
     * @throws UnknownHostException if the scope is the name of an interface that this host does not have
     * @throws SocketException if the host's interfaces cannot be read
     */
    public InetSocketAddress toSocketAddress() throws UnknownHostException, SocketException {
        if (scope == null) {
            return new InetSocketAddress(address.toInetAddress(), port);
        }
        OptionalInt index = scopeIndex();
        if (index.isPresent()) {
            return new InetSocketAddress(Inet6Address.getByAddress(null, address.toBytes(), index.getAsInt()), port);
        }
        NetworkInterface link = NetworkInterface.getByName(scope);
        if (link == null) {
            throw new UnknownHostException("endpoint " + this + ": this host has no interface \"" + scope + "\"");
        }
        return new InetSocketAddress(Inet6Address.getByAddress(null, address.toBytes(), link.getIndex()), port);
    }

    @Override
    public int compareTo(Endpoint other) {
        int order = address.compareTo(other.address);
        if (order == 0) {
            order = scope().orElse("").compareTo(other.scope().orElse(""));
        }
        return order != 0 ? order : Integer.compare(port, other.port);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that
                && port == that.port
                && address.equals(that.address)
                && Objects.equals(scope, that.scope);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * address.hashCode() + port) + Objects.hashCode(scope);
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return (address.isIpv6() ? "[" + address + (scope == null ? "" : "%" + scope) + "]" : address.toString())
                + ":"
                + port;
    }

    private static boolean isScope(String text) {
        return DeviceNames.isInterfaceName(text) || Decimal.parse(text, Integer.MAX_VALUE) >= 0;
    }
}
