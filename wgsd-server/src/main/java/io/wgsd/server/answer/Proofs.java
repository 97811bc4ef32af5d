package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What goes along with an answer from a signed zone, for clients that want signatures (RFC 4035, section 3.1). */
final class Proofs {

    private static final Name ANYTHING = Name.fromConstantString("*");

    private Proofs() {}

    /** Returns an RRset with its signatures, which are added or left out together. */
    static List<Record> signed(Zone zone, List<Record> rrset) {
        Record first = rrset.get(0);
        List<Record> signatures = zone.find(first.getName())
                .map(node -> node.signatures(first.getType()))
                .orElse(List.of());
        if (signatures.isEmpty()) {
            return rrset;
        }
        List<Record> both = new ArrayList<>(rrset);
        both.addAll(signatures);
        return both;
    }

    /**
     * Returns the NSEC records that prove a negative answer, each with its signatures: that of the name, or of the one
     * before it, and where the name does not exist also that which says that no wildcard stands for it (RFC 4035,
     * section 3.1.3).
     */
    static List<List<Record>> of(Zone zone, ZoneLookup negative) {
        Map<Name, ZoneNode> nodes = new LinkedHashMap<>();
        add(zone.denial(negative.name()), nodes);
        if (negative.rcode() == Rcode.NXDOMAIN) {
            Name closest = negative.name();
            while (zone.find(closest).isEmpty()) {
                closest = new Name(closest, 1);
            }
            add(wildcard(closest).flatMap(zone::denial), nodes);
        }
        return nodes.values().stream()
                .map(node -> signed(zone, node.rrset(Type.NSEC)))
                .toList();
    }

    private static Optional<Name> wildcard(Name closest) {
        try {
            return Optional.of(Name.concatenate(ANYTHING, closest));
        } catch (NameTooLongException e) {
            // Then nothing can lie between, and the first record says it all.
            return Optional.empty();
        }
    }

    private static void add(Optional<ZoneNode> node, Map<Name, ZoneNode> nodes) {
        node.ifPresent(found -> nodes.putIfAbsent(found.name(), found));
    }
}
