package io.wgsd.dnssd;

import io.wgsd.dnssd.records.TxtCodec;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/**
 * Reads a peer's advertisement out of records from a registry, this library's or the original's.
 *
 * <p>Records may come from several messages and sections, in any order, with others among them. Only what belongs to
 * the name that was asked for is read: its SRVs, in the order of RFC 2782, the addresses of their targets, of either
 * family regardless of what was asked for, and its TXT.
 */
public final class AdvertisementParser {

    private static final int MAX_ALIASES = 8;
    /** A registry has one for each peer; several views of a network may have some. */
    private static final int MAX_SERVICES = 64;

    private static final Comparator<SRVRecord> BEST_FIRST = Comparator.comparingInt(SRVRecord::getPriority)
            .thenComparing(Comparator.comparingInt(SRVRecord::getWeight).reversed());

    private final Name instance;
    private final PublicKey key;

    private AdvertisementParser(Name instance, PublicKey key) {
        this.instance = instance;
        this.key = key;
    }

    /**
     * Returns a parser for one peer.
     *
     * @param names the zone's names
     * @param key the peer's key
     * @return the parser, immutable and thread-safe
     */
    public static AdvertisementParser of(DnsSdNames names, PublicKey key) {
        return new AdvertisementParser(names.instance(key), key);
    }

    /**
     * Returns whose records are read.
     *
     * @return the name of the service instance
     */
    public Name instance() {
        return instance;
    }

    /**
     * What was found.
     *
     * @param advertisement the peer with those endpoints whose addresses are known
     * @param unresolved targets of SRVs that have no address among the records, to be asked for; best first
     * @param hasService whether there was an SRV at all
     * @param hasText whether there was a TXT
     */
    public record Result(Advertisement advertisement, List<Name> unresolved, boolean hasService, boolean hasText) {

        /**
         * Makes a result of a copy of the names.
         *
         * @param advertisement the peer
         * @param unresolved targets without an address
         * @param hasService whether there was an SRV
         * @param hasText whether there was a TXT
         */
        public Result {
            unresolved = List.copyOf(unresolved);
        }
    }

    /**
     * Reads what some records say about the peer.
     *
     * @param records any records
     * @return what was found, which may be nothing
     * @throws FormatException if the records contradict themselves: a TXT with another key, aliases in a circle, or
     *     more than 64 SRVs
     */
    public Result parse(Collection<? extends Record> records) {
        Name owner = canonical(instance, records);
        List<SRVRecord> services = new ArrayList<>();
        Advertisement.Builder advertisement = Advertisement.builder(key);
        boolean hasText = false;
        for (Record record : records) {
            if (record.getName().equals(owner)) {
                if (record instanceof SRVRecord srv) {
                    services.add(srv);
                } else if (record instanceof TXTRecord txt && !hasText) {
                    hasText = true;
                    TxtCodec.decode(txt.getStringsAsByteArrays(), key, advertisement);
                }
            }
        }
        if (!hasText) {
            advertisement.allowedIpsComplete(false);
        }
        if (services.size() > MAX_SERVICES) {
            throw new FormatException(
                    "service",
                    owner.toString(),
                    "it has " + services.size() + " SRVs, where a peer has one, and none more than " + MAX_SERVICES);
        }
        services.sort(BEST_FIRST);
        Set<Name> unresolved = new LinkedHashSet<>();
        Set<Endpoint> endpoints = new LinkedHashSet<>();
        for (SRVRecord service : services) {
            // A target of "." means that the service is not to be had (RFC 2782).
            if (!service.getTarget().equals(Name.root) && service.getPort() != 0) {
                List<IpAddress> addresses = addresses(service.getTarget(), records);
                addresses.forEach(address -> endpoints.add(Endpoint.of(address, service.getPort())));
                if (addresses.isEmpty()) {
                    unresolved.add(service.getTarget());
                }
            }
        }
        endpoints.forEach(advertisement::endpoint);
        return new Result(advertisement.build(), List.copyOf(unresolved), !services.isEmpty(), hasText);
    }

    /**
     * Follows aliases (CNAME), at most eight of them, since a hostile server's may go in a circle.
     *
     * @param name where to begin
     * @param records any records
     * @return the name that the last alias among the records leads to; the first one where it is none
     * @throws FormatException if they lead in a circle, or there are more than eight
     */
    public static Name canonical(Name name, Collection<? extends Record> records) {
        Name owner = name;
        for (int i = 0; i <= MAX_ALIASES; i++) {
            Name target = alias(owner, records);
            if (target == null) {
                return owner;
            }
            owner = target;
        }
        throw new FormatException(
                "name",
                name.toString(),
                "its aliases (CNAME) lead in a circle, or are more than " + MAX_ALIASES + " in a row");
    }

    private static List<IpAddress> addresses(Name target, Collection<? extends Record> records) {
        Name owner = canonical(target, records);
        List<IpAddress> addresses = new ArrayList<>();
        for (Record record : records) {
            if (record.getName().equals(owner)) {
                if (record instanceof ARecord || record instanceof AAAARecord) {
                    // Not getAddress, which writes the name out each time.
                    addresses.add(IpAddress.of(record.rdataToWireCanonical()));
                }
            }
        }
        return addresses;
    }

    private static @Nullable Name alias(Name owner, Collection<? extends Record> records) {
        for (Record record : records) {
            if (record instanceof CNAMERecord alias && alias.getName().equals(owner)) {
                return alias.getTarget();
            }
        }
        return null;
    }
}
