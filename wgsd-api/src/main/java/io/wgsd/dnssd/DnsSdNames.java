package io.wgsd.dnssd;

import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The names of one zone: which name a peer has there, and which peer a name means.
 *
 * <p>Every name means at most one key, in any letter case, and each key has three: a service instance with the padding of
 * base32 (RFC 6763, section 4.1), an alias of it without, and a host, which must do without since {@code =} is no
 * character of host names. Immutable and thread-safe.
 */
public final class DnsSdNames {

    private static final String SERVICE = "_wireguard._udp";
    private static final String PADDING = "====";
    private static final int HOST_LENGTH = 52;

    /** What BIND takes of an RRset, in which names are not compressed and each record has two bytes more. */
    private static final int MAX_RRSET = 65_480;

    private final Name origin;
    private final Name services;
    private final int maxListed;

    private DnsSdNames(Name origin) {
        this.origin = origin;
        services = child(SERVICE, origin);
        // The longest names that the zone has must fit into the 255 bytes of RFC 1035, section 2.3.4.
        Name instance = child("a".repeat(HOST_LENGTH) + PADDING, services);
        maxListed = MAX_RRSET / (2 + instance.length());
        child("_services._dns-sd._udp", origin);
    }

    /**
     * Returns the names of a zone.
     *
     * @param origin the zone's name, absolute
     * @return its names
     * @throws FormatException if the name is relative, is the service's instead of the zone's, or too long for names below
     */
    public static DnsSdNames of(Name origin) {
        if (!origin.isAbsolute()) {
            throw new FormatException("zone", origin.toString(), "must end in a dot");
        }
        if (origin.toString().toLowerCase(Locale.ROOT).startsWith(SERVICE + ".")) {
            throw new FormatException(
                    "zone",
                    origin.toString(),
                    "is the name of the service; give the zone that holds it: \"" + new Name(origin, 2) + "\"");
        }
        try {
            return new DnsSdNames(origin);
        } catch (FormatException e) {
            throw new FormatException("zone", origin.toString(), "is too long for names of peers below it");
        }
    }

    /**
     * Returns the names of a zone that a user has typed.
     *
     * @param origin the zone's name, with or without its last dot
     * @return its names
     * @throws FormatException if the text is no name, or none that can hold peers
     */
    public static DnsSdNames parse(String origin) {
        try {
            return of(Name.fromString(origin, Name.root));
        } catch (TextParseException e) {
            throw new FormatException("zone", origin, "must be a domain name, as in example.com: " + e.getMessage());
        }
    }

    /**
     * Returns the zone's name.
     *
     * @return {@code Z}
     */
    public Name origin() {
        return origin;
    }

    /**
     * Returns the name that lists the peers.
     *
     * @return {@code _wireguard._udp.Z}
     */
    public Name services() {
        return services;
    }

    /**
     * Returns a peer's service instance.
     *
     * @param key the peer's key
     * @return {@code <56 characters>._wireguard._udp.Z}
     */
    public Name instance(PublicKey key) {
        return child(key.toBase32() + PADDING, services);
    }

    /**
     * Returns the alias of a peer's service instance, for who leaves the padding out.
     *
     * @param key the peer's key
     * @return {@code <52 characters>._wireguard._udp.Z}
     */
    public Name alias(PublicKey key) {
        return child(key.toBase32(), services);
    }

    /**
     * Returns a peer's host name.
     *
     * @param key the peer's key
     * @return {@code <52 characters>.Z}
     */
    public Name host(PublicKey key) {
        return child(key.toBase32(), origin);
    }

    /**
     * Returns the name that lists the peers whose keys begin with some characters of base32 (RFC 6763, section 7.1).
     *
     * @param prefix one, two or three characters
     * @return {@code _<prefix>._sub._wireguard._udp.Z}
     */
    public Name subtype(String prefix) {
        return child("_" + prefix + "._sub", services);
    }

    /**
     * Returns how many peers one list holds, be it of all peers or of those whose keys begin alike.
     *
     * <p>A list of so many fits into one message, and other name servers can carry it. One that is full may be cut; what is
     * left out is on the lists of its {@linkplain #subtype subtypes}.
     *
     * @return 744 for {@code example.com}, and fewer the longer the zone's name is
     */
    public int maxListed() {
        return maxListed;
    }

    /**
     * Returns the key that a name means.
     *
     * @param name a service instance, its alias or a host, in any letter case
     * @return the key; empty where the name is none of these
     */
    public Optional<PublicKey> key(Name name) {
        boolean inServices = isChild(name, services);
        if (!inServices && !isChild(name, origin)) {
            return Optional.empty();
        }
        String label = name.getLabelString(0);
        if (!inServices && label.length() != HOST_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(PublicKey.parseBase32(label));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the zone's name. */
    @Override
    public String toString() {
        return origin.toString();
    }

    private static boolean isChild(Name name, Name parent) {
        return name.labels() == parent.labels() + 1 && name.subdomain(parent);
    }

    static Name child(String labels, Name parent) {
        try {
            return new Name(labels, parent);
        } catch (TextParseException e) {
            throw new FormatException("domain name", labels + "." + parent, "is longer than 255 bytes");
        }
    }
}
