package io.wgsd.members;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.members.signed.NsecChain;
import io.wgsd.members.signed.RrsetMap;
import io.wgsd.members.signed.TrustedKeys;
import io.wgsd.members.signed.ZoneDigest;
import io.wgsd.model.FormatException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneMDRecord;

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
        return verify(records, (keys, zone) -> {
            RrsetMap before = new RrsetMap(previous.records());
            boolean sameKeys = zone.hasSame(before, origin, Type.DNSKEY);
            requireSignatures(
                    keys,
                    zone,
                    zone.rrsets().stream()
                            .filter(rrset -> !sameKeys
                                    || !zone.hasSame(
                                            before,
                                            rrset.get(0).getName(),
                                            rrset.get(0).getType()))
                            .toList());
        });
    }

    /** What is checked of a zone whose digest is right. */
    private interface SignatureCheck {
        void check(TrustedKeys keys, RrsetMap zone) throws UnfitZoneException;
    }

    private VerifiedNetwork verify(Collection<? extends Record> records, SignatureCheck more)
            throws UnfitZoneException {
        if (records.size() > MAX_RECORDS) {
            throw new UnfitZoneException(ZoneRule.SIZE, "it has more than " + MAX_RECORDS + " records");
        }
        checkContent(records);
        RrsetMap zone = new RrsetMap(records);
        checkDistinct(zone);
        SOARecord soa = (SOARecord) only(zone, Type.SOA, ZoneRule.CONTENT);
        TrustedKeys keys = keys(zone);
        ZoneMDRecord digest = (ZoneMDRecord) only(zone, Type.ZONEMD, ZoneRule.DIGEST);
        requireSignature(keys, zone, zone.rrset(origin, Type.SOA));
        requireSignature(keys, zone, List.of(digest));
        requireAllSignatures(keys, digest, signatures(zone, List.of(digest)));
        checkDigest(digest, soa, zone);
        checkSignatures(zone, soa);
        more.check(keys, zone);
        Optional<Name> broken = NsecChain.broken(zone);
        if (broken.isPresent()) {
            throw new UnfitZoneException(
                    ZoneRule.CHAIN,
                    "the NSEC record of " + broken.get() + " does not lead to the next name, or lists other types");
        }
        return verified(zone, soa, digest);
    }

    private void checkContent(Collection<? extends Record> records) throws UnfitZoneException {
        Name last = origin;
        for (Record record : records) {
            Name name = record.getName();
            if (record.getDClass() != DClass.IN || !(name.equals(last) || name.subdomain(origin))) {
                throw new UnfitZoneException(ZoneRule.CONTENT, describe(record) + " is not of the zone " + origin);
            }
            if (name.isWild()) {
                throw new UnfitZoneException(ZoneRule.CONTENT, describe(record) + " is of a wildcard");
            }
            if (!TYPES.contains(record.getType())
                    || (TYPES_OF_ORIGIN.contains(record.getType()) && !name.equals(origin))) {
                throw new UnfitZoneException(ZoneRule.CONTENT, describe(record) + " is none that a member has");
            }
            last = name;
        }
    }

    private static void checkDistinct(RrsetMap zone) throws UnfitZoneException {
        for (List<? extends Record> each : zone.lists()) {
            if (each.size() > 1 && new HashSet<>(each).size() < each.size()) {
                throw new UnfitZoneException(ZoneRule.CONTENT, describe(each.get(0)) + " is there twice");
            }
        }
    }

    private Record only(RrsetMap zone, int type, ZoneRule rule) throws UnfitZoneException {
        List<Record> rrset = zone.rrset(origin, type);
        if (rrset.size() != 1) {
            throw new UnfitZoneException(
                    rule, "it has " + rrset.size() + " " + Type.string(type) + " records, and needs one");
        }
        return rrset.get(0);
    }

    /** Returns the zone's own keys, once one of the anchors is seen to have signed them. */
    private TrustedKeys keys(RrsetMap zone) throws UnfitZoneException {
        List<Record> rrset = zone.rrset(origin, Type.DNSKEY);
        for (Record key : rrset) {
            if (!TrustedKeys.isKnown((DNSKEYRecord) key)) {
                throw new UnfitZoneException(
                        ZoneRule.ANCHOR,
                        "it has a key of algorithm " + ((DNSKEYRecord) key).getAlgorithm()
                                + ", and 13 and 15 are the ones known");
            }
        }
        long tags = rrset.stream()
                .map(key -> ((DNSKEYRecord) key).getFootprint())
                .distinct()
                .count();
        if (rrset.size() > MAX_KEYS || tags != rrset.size()) {
            throw new UnfitZoneException(
                    ZoneRule.ANCHOR,
                    "it has " + rrset.size() + " keys with " + tags + " tags; " + MAX_KEYS
                            + " keys with a tag each are the most");
        }
        TrustedKeys anchored = new TrustedKeys();
        TrustedKeys all = new TrustedKeys();
        for (Record key : rrset) {
            all.add((DNSKEYRecord) key);
            if (TrustedKeys.isAnchored((DNSKEYRecord) key, anchors)) {
                anchored.add((DNSKEYRecord) key);
            }
        }
        if (anchored.isEmpty()) {
            throw new UnfitZoneException(
                    ZoneRule.ANCHOR,
                    "none of its keys is one that this host was given for " + origin
                            + "; if the owner has another key now, give the host that one");
        }
        requireSignature(anchored, zone, rrset);
        return all;
    }

    private void checkDigest(ZoneMDRecord digest, SOARecord soa, RrsetMap zone) throws UnfitZoneException {
        if (digest.getScheme() != ZoneMDRecord.Scheme.SIMPLE || digest.getHashAlgorithm() != ZoneMDRecord.Hash.SHA384) {
            throw new UnfitZoneException(
                    ZoneRule.DIGEST,
                    "its digest is of scheme " + digest.getScheme() + " and algorithm " + digest.getHashAlgorithm()
                            + ", and must be of 1 (SIMPLE) and 1 (SHA-384)");
        }
        if (digest.getSerial() != soa.getSerial()) {
            throw new UnfitZoneException(
                    ZoneRule.DIGEST,
                    "its digest is of serial " + digest.getSerial() + ", and its SOA has " + soa.getSerial());
        }
        if (!MessageDigest.isEqual(digest.getDigest(), ZoneDigest.of(origin, zone))) {
            throw new UnfitZoneException(ZoneRule.DIGEST, "its records are not those of which its digest is");
        }
    }

    /** Checks that signatures are where they must be, and nowhere else; what they prove is another question. */
    private void checkSignatures(RrsetMap zone, SOARecord soa) throws UnfitZoneException {
        for (List<Record> rrset : zone.rrsets()) {
            Record first = rrset.get(0);
            if (rrset.stream().anyMatch(record -> record.getTTL() != first.getTTL())) {
                throw new UnfitZoneException(ZoneRule.CONTENT, describe(first) + " has several TTLs");
            }
            List<RRSIGRecord> signatures = zone.signatures(first.getName(), first.getType());
            if (signatures.isEmpty() || signatures.size() > MAX_KEYS) {
                throw new UnfitZoneException(
                        ZoneRule.SIGNATURE,
                        describe(first) + " has " + signatures.size() + " signatures, and needs 1.." + MAX_KEYS);
            }
        }
        List<Record> keys = zone.rrset(origin, Type.DNSKEY);
        for (RRSIGRecord signature : (Iterable<RRSIGRecord>) zone.signatures()::iterator) {
            List<Record> rrset = zone.rrset(signature.getName(), signature.getTypeCovered());
            boolean fits = !rrset.isEmpty()
                    && signature.getSigner().equals(soa.getName())
                    && signature.getLabels() == signature.getName().labels() - 1
                    && signature.getOrigTTL() == rrset.get(0).getTTL()
                    && signature.getTimeSigned().isBefore(signature.getExpire())
                    && keys.stream().anyMatch(key -> ((DNSKEYRecord) key).getFootprint() == signature.getFootprint());
            if (!fits) {
                throw new UnfitZoneException(
                        ZoneRule.SIGNATURE,
                        "a signature of " + describe(signature)
                                + " is of nothing that the zone has, or of a key that it lacks");
            }
        }
    }

    private void requireSignatures(TrustedKeys keys, RrsetMap zone, List<List<Record>> rrsets)
            throws UnfitZoneException {
        Optional<List<Record>> unsigned = rrsets.parallelStream()
                .filter(rrset -> keys.signature(rrset, signatures(zone, rrset)).isEmpty())
                .findFirst();
        if (unsigned.isPresent()) {
            requireSignature(keys, zone, unsigned.get());
        }
    }

    private void requireSignature(TrustedKeys keys, RrsetMap zone, List<Record> rrset) throws UnfitZoneException {
        List<RRSIGRecord> signatures = signatures(zone, rrset);
        if (signatures.size() > MAX_KEYS || keys.signature(rrset, signatures).isEmpty()) {
            throw new UnfitZoneException(
                    ZoneRule.SIGNATURE, "no signature of " + describe(rrset.get(0)) + " is one by the owner's keys");
        }
    }

    /** The digest vouches for all signatures but its own, which could otherwise end the zone's time sooner. */
    private static void requireAllSignatures(TrustedKeys keys, Record digest, List<RRSIGRecord> signatures)
            throws UnfitZoneException {
        for (RRSIGRecord signature : signatures) {
            if (keys.signature(List.of(digest), List.of(signature)).isEmpty()) {
                throw new UnfitZoneException(
                        ZoneRule.SIGNATURE, "a signature of " + describe(digest) + " is none by the owner's keys");
            }
        }
    }

    private static List<RRSIGRecord> signatures(RrsetMap zone, List<Record> rrset) {
        return zone.signatures(rrset.get(0).getName(), rrset.get(0).getType());
    }

    private VerifiedNetwork verified(RrsetMap zone, SOARecord soa, ZoneMDRecord digest) throws UnfitZoneException {
        List<Record> records = zone.records(origin);
        Instant from = zone.signatures()
                .map(RRSIGRecord::getTimeSigned)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant until = zone.signatures()
                .map(RRSIGRecord::getExpire)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        try {
            Network network = MembersZone.parse(names, records);
            return new VerifiedNetwork(network, soa.getSerial(), from, until, digest.getDigest(), records);
        } catch (FormatException e) {
            throw new UnfitZoneException(ZoneRule.MEMBERS, String.valueOf(e.getMessage()));
        }
    }

    private static String describe(Record record) {
        int type = record instanceof RRSIGRecord signature ? signature.getTypeCovered() : record.getType();
        return record.getName() + " " + Type.string(type);
    }
}
