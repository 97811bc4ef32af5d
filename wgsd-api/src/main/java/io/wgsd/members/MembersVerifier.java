package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.members.signed.NsecChain;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.members.signed.SignedName;
import io.wgsd.members.signed.SignedZone;
import io.wgsd.members.signed.TrustedKeys;
import io.wgsd.model.FormatException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * Decides whether a whole zone {@code members.Z} is what the network's owner has signed: a pure function of its records
 * and of the keys that this host was given.
 *
 * <p>The keys of the zone are believed if one of the anchors has signed them, the SOA and the digest if one of those keys
 * has, and all other records if the digest is right: so an old record among new ones is found, though its signature is
 * valid. Immutable and thread-safe; the work is bounded by the number of records, and by {@link #MAX_KEYS}.
 */
public final class MembersVerifier {

    /** How many records a zone has at most. */
    public static final int MAX_RECORDS = 24 * Network.MAX_MEMBERS;
    /** How many keys a zone has at most. */
    public static final int MAX_KEYS = 8;
    /** With more names that differ, a zone is verified as if it were the first one. */
    private static final int MAX_TOUCHED = 1_000;

    private static final Set<Integer> TYPES =
            Set.of(Type.SOA, Type.NS, Type.TXT, Type.A, Type.AAAA, Type.DNSKEY, Type.RRSIG, Type.NSEC, Type.ZONEMD);
    private static final Set<Integer> TYPES_OF_ORIGIN = Set.of(Type.SOA, Type.NS, Type.DNSKEY, Type.ZONEMD);

    private final DnsSdNames names;
    private final Name origin;
    private final List<Record> anchors;

    /**
     * Makes a verifier.
     *
     * @param names the names of {@code Z}
     * @param anchors DS or DNSKEY records of {@code members.Z}, as {@code TrustAnchors} reads them: the owners' keys
     * @throws IllegalArgumentException if there are none
     */
    public MembersVerifier(DnsSdNames names, Collection<? extends Record> anchors) {
        this.names = names;
        this.origin = MembersZone.names(names).origin();
        this.anchors = List.copyOf(anchors);
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("at least one key of the owner of " + origin + " is needed");
        }
    }

    /**
     * Verifies a zone by its digest, which vouches for all records, signatures included.
     *
     * @param records all records of the zone in any order, as from a transfer, its SOA once
     * @return the network that the zone lists
     * @throws UnfitZoneException if the zone is not to be believed; the clock has no part in that
     */
    public VerifiedNetwork verify(Collection<? extends Record> records) throws UnfitZoneException {
        return verify(records, (keys, zone) -> {});
    }

    /**
     * Verifies a zone as {@link #verify} does, and each of its signatures besides: for those who serve it to resolvers,
     * which look at these alone.
     *
     * <p>This takes the JDK some 400 µs for a signature by Ed25519 and processor, and other providers of that algorithm
     * far less. It runs on the threads of the common pool too.
     *
     * @param records all records of the zone in any order, its SOA once
     * @return the network that the zone lists
     * @throws UnfitZoneException if the zone is not to be believed, or one of its signatures is not valid
     */
    public VerifiedNetwork verifyEachSignature(Collection<? extends Record> records) throws UnfitZoneException {
        return verify(records, (keys, zone) -> requireSignatures(keys, zone, zone.rrsets()));
    }

    /**
     * Verifies a zone as {@link #verifyEachSignature(Collection)} does, save for what the one before it has too, which
     * takes far less time.
     *
     * @param records all records of the zone in any order, its SOA once
     * @param previous a zone of which each signature was verified
     * @return the network that the zone lists
     * @throws UnfitZoneException if the zone is not to be believed, or one of its signatures is not valid
     */
    public VerifiedNetwork verifyEachSignature(Collection<? extends Record> records, VerifiedNetwork previous)
            throws UnfitZoneException {
        SignedZone before = previous.zone();
        return verify(records, (keys, zone) -> {
            boolean sameKeys = zone.apex().hasSame(before.apex(), Type.DNSKEY);
            requireSignatures(
                    keys,
                    zone,
                    zone.names().stream()
                            .flatMap(name -> sameKeys ? others(name, before) : name.rrsets().values().stream())
                            .toList());
        });
    }

    /**
     * Verifies a zone as {@link #verify(Collection)} does, where it follows one that was verified: only what differs is
     * looked at, besides the digest over everything, which takes a tenth of the time.
     *
     * @param previous a zone that was verified by the same names
     * @param change the difference between its records and those of the zone that follows it, both SOA records included
     * @return the network that the zone lists
     * @throws UnfitZoneException if the zone is not to be believed; the clock has no part in that
     */
    public VerifiedNetwork verify(VerifiedNetwork previous, ZoneDiff change) throws UnfitZoneException {
        SignedZone.Next next = previous.zone().with(change);
        Optional<VerifiedNetwork> quick = verifyChanges(previous, next);
        // What refuses a zone, and with which words, is always the same.
        return quick.isPresent() ? quick.get() : verify(next.zone().records());
    }

    /**
     * Verifies a zone as {@link #verify(VerifiedNetwork, ZoneDiff)} does, and each signature that differs besides.
     *
     * @param previous a zone of which each signature was verified
     * @param change the difference, both SOA records included
     * @return the network that the zone lists
     * @throws UnfitZoneException if the zone is not to be believed, or one of its signatures is not valid
     */
    public VerifiedNetwork verifyEachSignature(VerifiedNetwork previous, ZoneDiff change) throws UnfitZoneException {
        SignedZone.Next next = previous.zone().with(change);
        Optional<VerifiedNetwork> quick = verifyChanges(previous, next);
        if (quick.isEmpty()) {
            return verifyEachSignature(next.zone().records(), previous);
        }
        SignedZone zone = next.zone();
        requireSignatures(
                Apex.keys(zone, anchors),
                zone,
                next.touched().stream()
                        .flatMap(name -> others(name, previous.zone()))
                        .toList());
        return quick.get();
    }

    /** Returns the RRsets at a name that another zone does not have there, or with other signatures. */
    private static Stream<List<Record>> others(SignedName name, SignedZone zone) {
        SignedName there = zone.at(name.name());
        return name.rrsets().entrySet().stream()
                .filter(entry -> !name.hasSame(there, entry.getKey()))
                .map(Map.Entry::getValue);
    }

    /** Verifies what differs; empty where that does not do, since the zone is to be refused, or very different. */
    Optional<VerifiedNetwork> verifyChanges(VerifiedNetwork previous, SignedZone.Next next) {
        SignedZone zone = next.zone();
        SignedName before = previous.zone().apex();
        // What was checked of all other names is so with these keys, and this list of ranges. What else there may be at
        // the origin is the same for all zones.
        if (!zone.origin().equals(origin)
                || next.touched().size() > MAX_TOUCHED
                || zone.size() > MAX_RECORDS
                || !zone.apex().rrsets().keySet().equals(before.rrsets().keySet())
                || !zone.apex().hasSame(before, Type.DNSKEY)
                || !zone.apex().hasSame(before, Type.TXT)) {
            return Optional.empty();
        }
        try {
            for (SignedName name : next.touched()) {
                checkContent(name.records().toList());
                checkDistinct(name);
            }
            Apex apex = Apex.of(zone, anchors);
            for (SignedName name : next.touched()) {
                checkSignatures(zone, name, apex.soa());
            }
            if (NsecChain.broken(zone, next.links()).isPresent()) {
                return Optional.empty();
            }
            Network network = MembersZone.parse(previous.network(), previous.zone(), next.touched());
            return Optional.of(apex.verified(network, zone));
        } catch (UnfitZoneException | FormatException e) {
            return Optional.empty();
        }
    }

    /** What is checked of a zone whose digest is right. */
    private interface SignatureCheck {
        void check(TrustedKeys keys, SignedZone zone) throws UnfitZoneException;
    }

    private VerifiedNetwork verify(Collection<? extends Record> records, SignatureCheck more)
            throws UnfitZoneException {
        if (records.size() > MAX_RECORDS) {
            throw new UnfitZoneException(ZoneRule.SIZE, "it has more than " + MAX_RECORDS + " records");
        }
        checkContent(records);
        SignedZone zone = new RrsetMap(records).toZone(origin);
        for (SignedName name : zone.names()) {
            checkDistinct(name);
        }
        Apex apex = Apex.of(zone, anchors);
        for (SignedName name : zone.names()) {
            checkSignatures(zone, name, apex.soa());
        }
        more.check(apex.keys(), zone);
        Optional<Name> broken = NsecChain.broken(zone);
        if (broken.isPresent()) {
            throw new UnfitZoneException(
                    ZoneRule.CHAIN,
                    "the NSEC record of " + broken.get() + " does not lead to the next name, or lists other types");
        }
        try {
            return apex.verified(MembersZone.parse(names, zone.records()), zone);
        } catch (FormatException e) {
            throw new UnfitZoneException(ZoneRule.MEMBERS, String.valueOf(e.getMessage()));
        }
    }

    private void checkContent(Collection<? extends Record> records) throws UnfitZoneException {
        Name last = origin;
        for (Record record : records) {
            Name name = record.getName();
            if (record.getDClass() != DClass.IN || !(name.equals(last) || name.subdomain(origin))) {
                throw new UnfitZoneException(ZoneRule.CONTENT, Apex.describe(record) + " is not of the zone " + origin);
            }
            if (name.isWild()) {
                throw new UnfitZoneException(ZoneRule.CONTENT, Apex.describe(record) + " is of a wildcard");
            }
            if (!TYPES.contains(record.getType())
                    || (TYPES_OF_ORIGIN.contains(record.getType()) && !name.equals(origin))) {
                throw new UnfitZoneException(ZoneRule.CONTENT, Apex.describe(record) + " is none that a member has");
            }
            last = name;
        }
    }

    private static void checkDistinct(SignedName name) throws UnfitZoneException {
        for (List<? extends Record> each : (Iterable<List<? extends Record>>) name.lists()::iterator) {
            if (each.size() > 1 && new HashSet<>(each).size() < each.size()) {
                throw new UnfitZoneException(ZoneRule.CONTENT, Apex.describe(each.get(0)) + " is there twice");
            }
        }
    }

    /** Checks that signatures are where they must be, and nowhere else; what they prove is another question. */
    private static void checkSignatures(SignedZone zone, SignedName name, SOARecord soa) throws UnfitZoneException {
        for (List<Record> rrset : name.rrsets().values()) {
            Record first = rrset.get(0);
            if (rrset.stream().anyMatch(record -> record.getTTL() != first.getTTL())) {
                throw new UnfitZoneException(ZoneRule.CONTENT, Apex.describe(first) + " has several TTLs");
            }
            int signatures = name.signatures(first.getType()).size();
            if (signatures == 0 || signatures > MAX_KEYS) {
                throw new UnfitZoneException(
                        ZoneRule.SIGNATURE,
                        Apex.describe(first) + " has " + signatures + " signatures, and needs 1.." + MAX_KEYS);
            }
        }
        List<Record> keys = zone.apex().rrset(Type.DNSKEY);
        for (RRSIGRecord signature : (Iterable<RRSIGRecord>) name.allSignatures()::iterator) {
            List<Record> rrset = name.rrset(signature.getTypeCovered());
            boolean fits = !rrset.isEmpty()
                    && signature.getSigner().equals(soa.getName())
                    && signature.getLabels() == signature.getName().labels() - 1
                    && signature.getOrigTTL() == rrset.get(0).getTTL()
                    && signature.getTimeSigned().isBefore(signature.getExpire())
                    && keys.stream().anyMatch(key -> ((DNSKEYRecord) key).getFootprint() == signature.getFootprint());
            if (!fits) {
                throw new UnfitZoneException(
                        ZoneRule.SIGNATURE,
                        "a signature of " + Apex.describe(signature)
                                + " is of nothing that the zone has, or of a key that it lacks");
            }
        }
    }

    private void requireSignatures(TrustedKeys keys, SignedZone zone, List<List<Record>> rrsets)
            throws UnfitZoneException {
        Optional<List<Record>> unsigned = rrsets.parallelStream()
                .filter(rrset ->
                        keys.signature(rrset, Apex.signatures(zone, rrset)).isEmpty())
                .findFirst();
        if (unsigned.isPresent()) {
            Apex.requireSignature(keys, zone, unsigned.get());
        }
    }
}
