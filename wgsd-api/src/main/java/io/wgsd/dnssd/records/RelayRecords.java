package io.wgsd.dnssd.records;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;

/** The records of a zone's relays: a list, and for each an SRV, a TXT and the addresses of its host. */
public final class RelayRecords {

    private static final int MAX_RELAYS = 64;
    private static final int MAX_ADDRESSES = 16;
    private static final String PUB = "pub=";

    private RelayRecords() {}

    /** Adds the records of all relays. */
    public static void add(ZoneOptions options, RecordSets sets) {
        DnsSdNames names = options.names();
        long ttl = Ttl.seconds(options.peerTtl());
        for (RelayAdvertisement relay : options.relays()) {
            Name instance = names.relay(relay.publicKey());
            Name host = names.host(relay.publicKey());
            int port = relay.endpoints().get(0).port();
            sets.add(new PTRRecord(names.relays(), DClass.IN, ttl, instance));
            sets.add(new SRVRecord(instance, DClass.IN, ttl, 0, 0, port, host));
            List<String> text = List.of("txtvers=1", PUB + relay.publicKey().toBase64());
            sets.add(new TXTRecord(instance, DClass.IN, ttl, text));
            relay.endpoints().forEach(endpoint -> sets.add(address(host, ttl, endpoint.address())));
        }
    }

    private static Record address(Name owner, long ttl, IpAddress address) {
        return address.isIpv6()
                ? new AAAARecord(owner, DClass.IN, ttl, address.toInetAddress())
                : new ARecord(owner, DClass.IN, ttl, address.toInetAddress());
    }

    /** As {@link RelayAdvertisement#parse} has it. */
    public static List<RelayAdvertisement> parse(DnsSdNames names, Collection<? extends Record> records) {
        Map<PublicKey, SRVRecord> services = new TreeMap<>();
        Map<Name, Set<IpAddress>> addresses = new HashMap<>();
        Set<PublicKey> others = new HashSet<>();
        for (Record record : records) {
            if (record instanceof ARecord || record instanceof AAAARecord) {
                Set<IpAddress> known = addresses.computeIfAbsent(record.getName(), name -> new HashSet<>());
                if (known.size() < MAX_ADDRESSES) {
                    known.add(IpAddress.of(record.rdataToWireCanonical()));
                }
            } else if (record instanceof SRVRecord srv) {
                names.relayKey(srv.getName()).ifPresent(key -> services.putIfAbsent(key, srv));
            } else if (record instanceof TXTRecord txt) {
                names.relayKey(txt.getName())
                        .filter(key -> isOfAnother(txt, key))
                        .ifPresent(others::add);
            }
        }
        services.keySet().removeAll(others);
        List<RelayAdvertisement> relays = new ArrayList<>();
        services.forEach((key, srv) -> relay(key, srv, addresses.getOrDefault(srv.getTarget(), Set.of()))
                .filter(relay -> relays.size() < MAX_RELAYS)
                .ifPresent(relays::add));
        return List.copyOf(relays);
    }

    private static boolean isOfAnother(TXTRecord txt, PublicKey key) {
        return txt.getStringsAsByteArrays().stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .filter(text -> text.regionMatches(true, 0, PUB, 0, PUB.length()))
                .findFirst()
                .filter(text -> !text.substring(PUB.length()).equals(key.toBase64()))
                .isPresent();
    }

    private static Optional<RelayAdvertisement> relay(PublicKey key, SRVRecord srv, Set<IpAddress> addresses) {
        if (srv.getPort() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RelayAdvertisement(
                    key,
                    addresses.stream()
                            .filter(address -> !address.isUnspecified() && !address.isMulticast())
                            .map(address -> Endpoint.of(address, srv.getPort()))
                            .sorted()
                            .toList()));
        } catch (IllegalArgumentException e) {
            // It has no address of use.
            return Optional.empty();
        }
    }
}
