package io.wgsd.dnssd;

import io.wgsd.dnssd.records.RecordSets;
import io.wgsd.dnssd.records.RelayRecords;
import io.wgsd.dnssd.records.ZonePeers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * A zone as one set of RRsets, from which answers, transfers and zone files all come.
 *
 * <p>Names are found in any letter case. Immutable and thread-safe.
 */
public final class Zone {

    /** The greatest serial; behind it comes 0 (RFC 1982). */
    public static final long MAX_SERIAL = 0xffff_ffffL;

    private static final long SOA_TTL = 1;
    private static final long NAME_SERVER_TTL = 3600;
    private static final long BROWSING_TTL = 3600;
    private static final int REFRESH = 60;
    private static final int RETRY = 10;
    private static final int EXPIRE = 604_800;
    private static final int MINIMUM = 1;

    private final Name origin;
    private final SOARecord soa;
    private final ZonePeers peers;
    /** The nodes that belong to no peer; of a signed zone all of them. */
    private final Map<Name, ZoneNode> nodes;
    /** What is known of the signatures; null where the zone is not signed. */
    private final @Nullable ZoneSignatures signatures;

    private Zone(
            Name origin,
            SOARecord soa,
            ZonePeers peers,
            Map<Name, ZoneNode> nodes,
            @Nullable ZoneSignatures signatures) {
        this.origin = origin;
        this.soa = soa;
        this.peers = peers;
        this.nodes = nodes;
        this.signatures = signatures;
    }

    /**
     * Returns the zone of these peers.
     *
     * @param options what it has besides peers
     * @param advertisements the peers in the order in which they are listed; one without an endpoint, or with the key of
     *     a relay, has no names
     * @param serial 0 to {@link #MAX_SERIAL}
     * @return the zone
     * @throws IllegalArgumentException if the serial is out of range, or two advertisements have the same key
     */
    public static Zone of(ZoneOptions options, Collection<Advertisement> advertisements, long serial) {
        if (serial < 0 || serial > MAX_SERIAL) {
            throw new IllegalArgumentException("serial must be 0.." + MAX_SERIAL + ", was " + serial);
        }
        DnsSdNames names = options.names();
        SOARecord soa = soa(options, serial);
        RecordSets sets = new RecordSets();
        sets.add(soa);
        addApex(options, sets);
        return new Zone(names.origin(), soa, ZonePeers.of(options, advertisements), sets.nodes(names.origin()), null);
    }

    /**
     * Returns a zone that was made and signed elsewhere.
     *
     * @param records all its records, one SOA and an NSEC of each name among them, no two equal
     * @return a zone without peers, which is signed
     * @throws java.util.NoSuchElementException if there is no SOA
     */
    public static Zone ofSigned(Collection<? extends Record> records) {
        SOARecord soa = records.stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .findFirst()
                .orElseThrow();
        RecordSets sets = new RecordSets();
        records.forEach(sets::add);
        Map<Name, ZoneNode> nodes = sets.nodes(soa.getName());
        ZonePeers none =
                ZonePeers.of(ZoneOptions.builder(DnsSdNames.of(soa.getName())).build(), List.of());
        return new Zone(soa.getName(), soa, none, nodes, ZoneSignatures.of(nodes.values()));
    }

    /**
     * Returns the same zone with another serial.
     *
     * @param serial 0 to {@link #MAX_SERIAL}
     * @return a new zone that shares everything but the apex
     * @throws IllegalStateException if the zone is signed, and the old serial with it
     */
    public Zone withSerial(long serial) {
        if (isSigned()) {
            throw new IllegalStateException("the serial of " + this + " is signed; sign a zone with the other serial");
        }
        SOARecord newer = new SOARecord(
                origin, DClass.IN, SOA_TTL, soa.getHost(), soa.getAdmin(), serial, REFRESH, RETRY, EXPIRE, MINIMUM);
        Map<Name, ZoneNode> copy = new HashMap<>(nodes);
        copy.computeIfPresent(
                origin,
                (name, apex) -> ZoneNode.of(
                        name,
                        apex.rrsets().stream()
                                .map(rrset -> rrset.get(0).getType() == Type.SOA ? List.<Record>of(newer) : rrset)
                                .toList()));
        return new Zone(origin, newer, peers, copy, null);
    }

    /** Returns the same zone with other nodes, of which those in the chain have NSEC records. */
    Zone signed(Map<Name, ZoneNode> newNodes, ZoneSignatures newSignatures) {
        return new Zone(origin, soa, peers, newNodes, newSignatures);
    }

    Optional<ZoneSignatures> signatures() {
        return Optional.ofNullable(signatures);
    }

    /**
     * Returns the names at which peers' records may differ from those of another zone whose peers have the same kinds
     * of records.
     */
    NavigableSet<Name> namesOfOtherPeers(Zone other) {
        NavigableSet<Name> names = new TreeSet<>();
        if (peers != other.peers) {
            peers.forEachDifferingName(other.peers, names::add);
        }
        return names;
    }

    /**
     * Returns whether the peers of another zone have the same kinds of lists, so that the same names exist above these.
     */
    boolean hasListsOf(Zone other) {
        return peers.hasListsOf(other.peers);
    }

    /** Returns the node that is kept at a name; of an unsigned zone those alone that belong to no peer. */
    @Nullable
    ZoneNode kept(Name name) {
        return nodes.get(name);
    }

    /**
     * Returns whether the zone is signed.
     *
     * @return whether all its RRsets have signatures, and all its names NSEC records
     */
    public boolean isSigned() {
        return signatures != null;
    }

    /**
     * Returns what proves that a name, or a type at it, does not exist (RFC 4034, section 4).
     *
     * @param name a name at or below the origin, in any letter case
     * @return the node whose NSEC record is of that name, or of the last one before it; empty where the zone is not
     *     signed
     */
    public Optional<ZoneNode> denial(Name name) {
        if (signatures == null) {
            return Optional.empty();
        }
        Name[] chain = signatures.chain();
        int found = Arrays.binarySearch(chain, name);
        return find(chain[found >= 0 ? found : Math.max(0, -found - 2)]);
    }

    /**
     * Returns the zone's name.
     *
     * @return the origin
     */
    public Name origin() {
        return origin;
    }

    /**
     * Returns the zone's serial.
     *
     * @return 0 to {@link #MAX_SERIAL}
     */
    public long serial() {
        return soa.getSerial();
    }

    /**
     * Returns the zone's start of authority.
     *
     * @return the record at the origin
     */
    public SOARecord soa() {
        return soa;
    }

    /**
     * Returns what exists at a name.
     *
     * @param name an absolute name in any letter case
     * @return the node, which has no RRsets where the name is only part of longer ones; empty where the name does not
     *     exist
     */
    public Optional<ZoneNode> find(Name name) {
        ZoneNode node = nodes.get(name);
        return node == null && !isSigned() ? peers.find(name) : Optional.ofNullable(node);
    }

    /**
     * Returns what the zone was made of besides peers.
     *
     * @return the options, of which a later serial changes nothing
     */
    public ZoneOptions options() {
        return peers.options();
    }

    /**
     * Returns the peers that the zone has.
     *
     * @return those with an endpoint, in ascending order of their keys
     */
    public List<Advertisement> peers() {
        return peers.byKey();
    }

    /**
     * Returns whether another zone is known to have the same peers without comparing any: one is the other with another
     * serial.
     *
     * @param other another zone
     * @return whether both were made of the same peers by the same call
     */
    public boolean sharesPeersWith(Zone other) {
        return peers == other.peers;
    }

    /**
     * Returns all names that exist, with empty non-terminals.
     *
     * @return the nodes, in no particular order; those of an unsigned zone's peers are made by the call
     */
    public Collection<ZoneNode> nodes() {
        if (isSigned()) {
            return Collections.unmodifiableCollection(nodes.values());
        }
        List<ZoneNode> all = new ArrayList<>(nodes.values());
        peers.forEachNode(all::add);
        return Collections.unmodifiableCollection(all);
    }

    /**
     * Returns what the zone has besides peers and lists of them.
     *
     * @return the nodes of the origin, the name server, the relays and the names for browsing, and empty non-terminals
     *     above these
     */
    public Collection<ZoneNode> ownNodes() {
        return signatures == null
                ? Collections.unmodifiableCollection(nodes.values())
                : signatures.own().stream().map(nodes::get).toList();
    }

    /**
     * Returns how many records the zone has.
     *
     * @return at least the two of the origin
     */
    public long recordCount() {
        return signatures == null ? ZoneSignatures.records(nodes.values()) + peers.recordCount() : signatures.records();
    }

    /** Returns the names at which two zones may differ, in their canonical order. */
    static NavigableSet<Name> differingNames(Zone earlier, Zone later) {
        NavigableSet<Name> names = new TreeSet<>();
        if (earlier.isSigned() || later.isSigned() || !earlier.options().samePeersAndLists(later.options())) {
            earlier.addNamesThatDifferFrom(later, earlier.nodes(), names);
            later.addNamesThatDifferFrom(earlier, later.nodes(), names);
        } else {
            earlier.addNamesThatDifferFrom(later, earlier.nodes.values(), names);
            later.addNamesThatDifferFrom(earlier, later.nodes.values(), names);
            earlier.peers.forEachDifferingName(later.peers, names::add);
        }
        return names;
    }

    /**
     * Returns all records: the SOA, then the others in the canonical order of their names (RFC 4034, section 6.1).
     *
     * @return the records of the zone, each once
     */
    public Stream<Record> records() {
        return Stream.concat(
                Stream.of(soa),
                nodes().stream()
                        .sorted(Comparator.comparing(ZoneNode::name))
                        .flatMap(node -> node.rrsets().stream())
                        .flatMap(List::stream)
                        .filter(record -> record.getType() != Type.SOA));
    }

    /** Returns the origin, the serial and the number of peers. */
    @Override
    public String toString() {
        return "Zone[" + origin + ", serial=" + serial() + ", " + peers.byKey().size() + " peers]";
    }

    private static void addApex(ZoneOptions options, RecordSets sets) {
        Name origin = options.names().origin();
        for (NameServer server : options.nameServers()) {
            sets.add(new NSRecord(origin, DClass.IN, NAME_SERVER_TTL, server.name()));
            if (server.name().subdomain(origin)) {
                server.addresses()
                        .forEach(address -> sets.add(PeerRecords.address(server.name(), NAME_SERVER_TTL, address)));
            }
        }
        // RFC 6763: section 9 lists the types of services, section 11 the domains to browse.
        sets.add(browsing("_services._dns-sd._udp", origin, options.names().services()));
        if (!options.relays().isEmpty()) {
            sets.add(browsing("_services._dns-sd._udp", origin, options.names().relays()));
            RelayRecords.add(options, sets);
        }
        options.moreRecords().forEach(sets::add);
        options.members().ifPresent(ds -> {
            Name members = DnsSdNames.child("members", origin);
            options.nameServers()
                    .forEach(server -> sets.add(new NSRecord(members, DClass.IN, NAME_SERVER_TTL, server.name())));
            ds.forEach(sets::add);
        });
        sets.add(browsing("b._dns-sd._udp", origin, origin));
        sets.add(browsing("lb._dns-sd._udp", origin, origin));
    }

    private static PTRRecord browsing(String labels, Name origin, Name target) {
        return new PTRRecord(DnsSdNames.child(labels, origin), DClass.IN, BROWSING_TTL, target);
    }

    private void addNamesThatDifferFrom(Zone other, Collection<ZoneNode> some, NavigableSet<Name> names) {
        for (ZoneNode node : some) {
            if (other.nodes.get(node.name()) != node) {
                names.add(node.name());
            }
        }
    }

    private static SOARecord soa(ZoneOptions options, long serial) {
        Name origin = options.names().origin();
        Name admin = DnsSdNames.child("postmaster", origin);
        return new SOARecord(
                origin, DClass.IN, SOA_TTL, options.nameServer(), admin, serial, REFRESH, RETRY, EXPIRE, MINIMUM);
    }
}
