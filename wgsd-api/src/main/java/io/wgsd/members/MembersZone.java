package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.members.records.MemberRecords;
import io.wgsd.members.records.TxtPairs;
import io.wgsd.members.signed.SignedName;
import io.wgsd.members.signed.SignedZone;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A network as the records of its members' zone, {@code members.Z}, and back.
 *
 * <p>Each member has a TXT record at {@code <host>.members.Z}, where {@code <host>} is its key in base32 without padding,
 * with {@code pub=}, {@code name=}, {@code allowed=}, {@code group=}, {@code role=} and {@code endpoint=}. Its single
 * addresses are A and AAAA records at {@code <name>.members.Z}. The ranges are a TXT record at the origin. Disabled
 * members have no records. All methods are pure.
 */
public final class MembersZone {

    /** How long resolvers may keep a record. */
    public static final Duration TTL = Duration.ofSeconds(60);

    private static final int REFRESH = 60;
    private static final int RETRY = 10;

    private MembersZone() {}

    /**
     * Returns the names of the members' zone, for its keys and anchors, in lower case, since they are signed.
     *
     * @param names the names of {@code Z}
     * @return the names of {@code members.Z}
     * @throws FormatException if {@code Z} is so long that names below the other one would pass 255 bytes
     */
    public static DnsSdNames names(DnsSdNames names) {
        String origin = names.origin().toString().toLowerCase(Locale.ROOT);
        return DnsSdNames.parse("members." + origin);
    }

    /**
     * Returns the zone of a network, unsigned.
     *
     * @param network whose enabled members it lists
     * @param serial 0 to {@link Zone#MAX_SERIAL}
     * @param expire how long secondaries keep the zone without having reached a primary; whole seconds up to 68 years
     * @return the records, the SOA first
     * @throws IllegalArgumentException if serial or duration are out of range
     */
    public static List<Record> records(Network network, long serial, Duration expire) {
        Name origin = names(network.names()).origin();
        long ttl = TTL.toSeconds();
        long seconds = expire.toSeconds();
        if (serial < 0 || serial > Zone.MAX_SERIAL || seconds < 1 || seconds > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("serial must be 0.." + Zone.MAX_SERIAL + ", was " + serial
                    + ", and expire 1 s.." + Integer.MAX_VALUE + " s, was " + expire);
        }
        Name server = child("ns1", network.names().origin());
        Name admin = child("postmaster", network.names().origin());
        List<Record> records = new ArrayList<>();
        records.add(
                new SOARecord(origin, DClass.IN, ttl, server, admin, serial, REFRESH, RETRY, seconds, TTL.toSeconds()));
        records.add(new NSRecord(origin, DClass.IN, ttl, server));
        List<String> ranges = TxtPairs.begin();
        TxtPairs.add(ranges, "range", network.ranges());
        records.add(new TXTRecord(origin, DClass.IN, ttl, ranges));
        for (Member member : network.enabled().members()) {
            records(member, origin).forEach(records::add);
        }
        return records;
    }

    /**
     * Reads a network out of the records of its members' zone.
     *
     * <p>Signatures, keys and digests are not looked at; {@code MembersVerifier} does that. Nothing is passed over: a
     * record that no member has makes the zone unfit, and so does one that is missing.
     *
     * @param names the names of {@code Z}
     * @param records all records of {@code members.Z} in any order
     * @return the network
     * @throws FormatException if a record cannot be read, is missing, or belongs to no member, or if the members
     *     contradict each other
     */
    public static Network parse(DnsSdNames names, Collection<? extends Record> records) {
        Name origin = names(names).origin();
        List<Member> members = new ArrayList<>();
        List<IpPrefix> ranges = new ArrayList<>();
        for (Record record : records) {
            if (record instanceof TXTRecord txt) {
                TxtPairs pairs = TxtPairs.parse(txt.getStringsAsByteArrays());
                if (record.getName().equals(origin)) {
                    pairs.list("range").forEach(range -> ranges.add(IpPrefix.parse(range)));
                } else {
                    members.add(member(txt, pairs, origin));
                }
            }
        }
        Network network = Network.of(names, ranges, members);
        checkNothingElse(records, network, origin);
        return network;
    }

    /**
     * Reads a network as {@link #parse} does, of which most is known from the zone before.
     *
     * @param before the network of the zone before, whose ranges are those of this one
     * @param zone the zone before
     * @param touched what is now at the names that differ
     * @return the network
     * @throws FormatException as {@link #parse} throws it
     */
    static Network parse(Network before, SignedZone zone, List<SignedName> touched) {
        Name origin = zone.origin();
        Set<PublicKey> gone = new HashSet<>();
        List<Member> come = new ArrayList<>();
        Set<Name> affected = new TreeSet<>();
        for (SignedName name : touched) {
            if (!name.name().equals(origin)) {
                affected.add(name.name());
                members(zone.at(name.name()), origin).forEach(member -> gone.add(member.publicKey()));
                come.addAll(members(name, origin));
            }
        }
        List<Member> members = new ArrayList<>(before.members().size() + come.size());
        for (Member member : before.members()) {
            if (gone.contains(member.publicKey())) {
                affected.add(child(member.name(), origin));
            } else {
                members.add(member);
            }
        }
        members.addAll(come);
        come.forEach(member -> affected.add(child(member.name(), origin)));
        Network network = Network.of(before.names(), before.ranges(), members);
        Map<Name, SignedName> now = new TreeMap<>();
        touched.forEach(name -> now.put(name.name(), name));
        for (Name name : affected) {
            checkNothingElse(now.containsKey(name) ? now.get(name) : zone.at(name), network, origin);
        }
        return network;
    }

    private static List<Member> members(SignedName name, Name origin) {
        List<Member> members = new ArrayList<>(1);
        for (Record record : name.rrset(Type.TXT)) {
            if (!(record instanceof TXTRecord txt)) {
                throw stray(record);
            }
            members.add(member(txt, TxtPairs.parse(txt.getStringsAsByteArrays()), origin));
        }
        return members;
    }

    /** Compares what is at one name other than the origin with what the network would have there. */
    private static void checkNothingElse(SignedName at, Network network, Name origin) {
        Set<Object> expected = new HashSet<>();
        // Each such record has made a member by now.
        at.rrset(Type.TXT).forEach(txt -> expected.add(essence(txt)));
        if (at.name().labels() == origin.labels() + 1) {
            network.member(at.name().getLabelString(0)).stream()
                    .flatMap(member -> records(member, origin))
                    .filter(record -> record.getType() != Type.TXT)
                    .forEach(record -> expected.add(essence(record)));
        }
        at.records()
                .filter(record -> record.getType() != Type.RRSIG && record.getType() != Type.NSEC)
                .filter(record -> !expected.remove(essence(record)))
                .findFirst()
                .ifPresent(record -> {
                    throw stray(record);
                });
        if (!expected.isEmpty()) {
            throw new FormatException(
                    "zone", origin.toString(), "lacks " + expected.iterator().next());
        }
    }

    /** Returns the records of a member. */
    static Stream<Record> records(Member member, Name origin) {
        return MemberRecords.of(member.publicKey(), member.name(), origin)
                .write(txt(member), member.addresses(), TTL.toSeconds())
                .stream();
    }

    private static FormatException stray(Record record) {
        return new FormatException(
                "record",
                record.getName() + " " + Type.string(record.getType()),
                "is there twice, or belongs to no member of this zone");
    }

    private static Member member(TXTRecord txt, TxtPairs pairs, Name origin) {
        MemberRecords records = MemberRecords.parse(txt.getName(), pairs.only("pub"), pairs.only("name"), origin);
        Member.Builder member =
                Member.builder(records.publicKey(), records.name()).role(MemberRole.parse(pairs.only("role")));
        pairs.list("allowed").forEach(prefix -> member.allowedIp(IpPrefix.parse(prefix)));
        pairs.list("group").forEach(member::group);
        pairs.list("endpoint").forEach(endpoint -> member.endpoint(Endpoint.parse(endpoint)));
        return member.build();
    }

    private static List<String> txt(Member member) {
        List<String> strings = TxtPairs.begin();
        TxtPairs.add(strings, "pub", List.of(member.publicKey()));
        TxtPairs.add(strings, "name", List.of(member.name()));
        TxtPairs.add(strings, "role", List.of(member.role().text()));
        TxtPairs.add(strings, "allowed", member.allowedIps());
        TxtPairs.add(strings, "group", List.copyOf(member.groups()));
        TxtPairs.add(strings, "endpoint", member.endpoints());
        return strings;
    }

    /** Compares the records with those that the network would have, save for what only signers and servers add. */
    private static void checkNothingElse(Collection<? extends Record> records, Network network, Name origin) {
        Set<Object> expected = new HashSet<>();
        records(network, 0, TTL).forEach(record -> expected.add(essence(record)));
        int atOrigin = 0;
        for (Record record : records) {
            int type = record.getType();
            if (type == Type.RRSIG || type == Type.NSEC) {
                continue;
            }
            if (record.getName().equals(origin)
                    && (type == Type.SOA || type == Type.NS || type == Type.DNSKEY || type == Type.ZONEMD)) {
                atOrigin += type == Type.SOA ? 1 : 0;
            } else if (!expected.remove(essence(record))) {
                throw stray(record);
            }
        }
        expected.removeIf(
                essence -> essence instanceof Place place && (place.type() == Type.SOA || place.type() == Type.NS));
        if (atOrigin != 1 || !expected.isEmpty()) {
            throw new FormatException(
                    "zone",
                    origin.toString(),
                    atOrigin != 1
                            ? "must have one SOA record, has " + atOrigin
                            : "lacks " + expected.iterator().next());
        }
    }

    private record Place(Name name, int type) {

        @Override
        public String toString() {
            return "the record " + Type.string(type) + " of " + name;
        }
    }

    /** Returns what makes two records the same here: where they are, and of addresses what they say too. */
    private static Object essence(Record record) {
        Place place = new Place(record.getName(), record.getType());
        return record.getType() == Type.A || record.getType() == Type.AAAA
                ? List.of(place, record.rdataToString())
                : place;
    }

    private static Name child(String label, Name parent) {
        try {
            return new Name(label, parent);
        } catch (TextParseException e) {
            throw new FormatException("zone", parent.toString(), "is too long for names below it");
        }
    }
}
