package io.wgsd.dnssd;

import io.wgsd.dnssd.records.RelayRecords;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.Record;

/**
 * What a zone says about a relay: its key, and where it can be reached. Immutable and thread-safe.
 *
 * @param publicKey the relay's key, by which peers' {@code relay=} names it
 * @param endpoints where it can be reached, all with the same port, each once
 */
public record RelayAdvertisement(PublicKey publicKey, List<Endpoint> endpoints) {

    private static final int MAX_ENDPOINTS = 16;

    /**
     * Makes an advertisement of a copy of the endpoints.
     *
     * @param publicKey the relay's key
     * @param endpoints 1 to 16 endpoints
     * @throws IllegalArgumentException if there are none or more, their ports differ, or nobody could send to one
     */
    public RelayAdvertisement {
        Objects.requireNonNull(publicKey, "publicKey");
        endpoints = endpoints.stream().distinct().toList();
        if (endpoints.isEmpty() || endpoints.size() > MAX_ENDPOINTS) {
            throw new IllegalArgumentException("a relay has 1.." + MAX_ENDPOINTS + " endpoints, was " + endpoints);
        }
        if (endpoints.stream().mapToInt(Endpoint::port).distinct().count() > 1) {
            throw new IllegalArgumentException("a relay has one port at all its addresses, was " + endpoints);
        }
        for (Endpoint endpoint : endpoints) {
            if (endpoint.address().isUnspecified() || endpoint.address().isMulticast()) {
                throw new FormatException(
                        "relay",
                        endpoint.toString(),
                        "has an address to which nobody can send; give one that hosts have");
            }
        }
    }

    /**
     * Reads the relays out of records from a zone, in any order and with others among them.
     *
     * <p>What cannot be read is passed over: a service without an address among the records, or whose TXT has another
     * key than its name.
     *
     * @param names the zone's names
     * @param records any records
     * @return the relays in ascending order of their keys, 64 at most
     */
    public static List<RelayAdvertisement> parse(DnsSdNames names, Collection<? extends Record> records) {
        return RelayRecords.parse(names, records);
    }
}
