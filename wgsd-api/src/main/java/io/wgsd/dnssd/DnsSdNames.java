package io.wgsd.dnssd;

import io.wgsd.dnssd.text.ZoneNameRules;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The names of one zone: which name a peer has there, and which peer a name means.
 *
 * <p>Every name means at most one key, in any letter case, and each key has three: a service instance with the padding
 * of base32 (RFC 6763, section 4.1), the same without, and a host, which must do without since {@code =} is no
 * character of host names. Immutable and thread-safe.
 */
public final class DnsSdNames {

    private static final String SERVICE = "_wireguard._udp";
    private static final String SUBTYPES = "_sub";
    private static final String RELAYS = "_wireguard-relay._udp";
    private static final String CANDIDATES = "_wireguard-cand._udp";

    /**
     * What validators take of an RRset in the form in which it is signed (RFC 4034, section 3.1.8.1): records with
     * whole names, behind the fixed part of the signature's own data. Unbound and ldns have one buffer of this size for
     * all that.
     */
    private static final int MAX_CANONICAL = 65_535;

    private static final int SIGNATURE_FIXED = 18;
    private static final int RECORD_FIXED = 10;

    private final Name origin;
    private final Name services;
    private final Name subtypes;
    private final Name relays;
    private final Name candidates;
    private final int instanceLength;

    private DnsSdNames(Name origin) {
        this.origin = origin;
        services = child(SERVICE, origin);
        subtypes = child(SUBTYPES, services);
        relays = child(RELAYS, origin);
        candidates = child(CANDIDATES, origin);
        // The longest names that the zone has must fit into the 255 bytes of RFC 1035, section 2.3.4.
        instanceLength = child("a".repeat(Base32Keys.UNPADDED_LENGTH) + Base32Keys.PADDING, services)
                .length();
        child("_services._dns-sd._udp", origin);
    }

    /**
     * Returns the names of a zone.
     *
     * @param origin the zone's name, absolute
     * @return its names
     * @throws FormatException if the name is relative, no host name, part of the service's name, or too long for names
     *     below
     */
    public static DnsSdNames of(Name origin) {
        ZoneNameRules.checkZone(origin);
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
     * @throws FormatException if the text is no name, or none that a zone of peers can have; the message has what to
     *     write instead, as the xn-- form of a name with other letters than ASCII's
     */
    public static DnsSdNames parse(String origin) {
        return of(ZoneNameRules.parse("zone", origin));
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
        return child(key.toBase32() + Base32Keys.PADDING, services);
    }

    /**
     * Returns the other name of a peer's service instance, for software that takes no {@code =} in a name.
     *
     * @param key the peer's key
     * @return {@code <52 characters>._wireguard._udp.Z}
     */
    public Name unpadded(PublicKey key) {
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
        return child("_" + prefix, subtypes);
    }

    /**
     * Returns the name below which the lists of subtypes are (RFC 6763, section 7.1).
     *
     * @return {@code _sub._wireguard._udp.Z}
     */
    public Name subtypes() {
        return subtypes;
    }

    /**
     * Returns the name that lists the relays.
     *
     * @return {@code _wireguard-relay._udp.Z}
     */
    public Name relays() {
        return relays;
    }

    /**
     * Returns a relay's service instance.
     *
     * @param key the relay's key
     * @return {@code <56 characters>._wireguard-relay._udp.Z}
     * @throws FormatException if the zone's name is so long that this one would pass 255 bytes
     */
    public Name relay(PublicKey key) {
        return child(key.toBase32() + Base32Keys.PADDING, relays);
    }

    /**
     * Returns the key that a relay's name means.
     *
     * @param name a relay's service instance, padded or not, in any letter case
     * @return the key; empty where the name is none
     */
    public Optional<PublicKey> relayKey(Name name) {
        return isChild(name, relays) ? label(name) : Optional.empty();
    }

    /**
     * Returns the name below which candidates are.
     *
     * @return {@code _wireguard-cand._udp.Z}
     */
    public Name candidates() {
        return candidates;
    }

    /**
     * Returns the name at which peers see where else a peer may be, as it has registered.
     *
     * @param key the peer's key
     * @return {@code <52 characters>._wireguard-cand._udp.Z}
     */
    public Name candidates(PublicKey key) {
        return child(key.toBase32(), candidates);
    }

    /**
     * Returns the key whose candidates a name means.
     *
     * @param name a name in any letter case
     * @return the key; empty where the name is not that of candidates
     */
    public Optional<PublicKey> candidatesKey(Name name) {
        return isChild(name, candidates) ? label(name) : Optional.empty();
    }

    /**
     * Returns whether a name is one at which a zone may list peers.
     *
     * @param name a name in any letter case
     * @return whether it is {@link #services()}, or a {@link #subtype} by any characters
     */
    public boolean isList(Name name) {
        return name.equals(services) || isChild(name, subtypes);
    }

    /**
     * Returns how many peers one list holds, of all peers, or of those whose keys begin alike.
     *
     * <p>So many are within 64 KiB in the form in which they are signed, which is what validators take, and other name
     * servers and messages with them. What a list leaves out is on those of its {@linkplain #subtype subtypes}, which
     * hold somewhat fewer, since their names are longer.
     *
     * @return 524 for {@code example.com}, and fewer the longer the zone's name is
     */
    public int maxListed() {
        return maxListed(services);
    }

    /**
     * Returns how many peers one list holds.
     *
     * @param list {@link #services()} or a {@link #subtype}
     * @return as in {@link #maxListed()}, fewer the longer the list's name is
     */
    public int maxListed(Name list) {
        int room = MAX_CANONICAL - SIGNATURE_FIXED - origin.length();
        return room / (list.length() + RECORD_FIXED + instanceLength);
    }

    /**
     * Returns the key that a name means.
     *
     * @param name a service instance, padded or not, or a host, in any letter case
     * @return the key; empty where the name is none of these
     */
    public Optional<PublicKey> key(Name name) {
        boolean inServices = isChild(name, services);
        if (!inServices && !isChild(name, origin)) {
            return Optional.empty();
        }
        if (!inServices && name.getLabelString(0).length() != Base32Keys.UNPADDED_LENGTH) {
            return Optional.empty();
        }
        return label(name);
    }

    private static Optional<PublicKey> label(Name name) {
        try {
            return Optional.of(PublicKey.parseBase32(name.getLabelString(0)));
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
