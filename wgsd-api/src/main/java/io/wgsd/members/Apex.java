package io.wgsd.members;

import io.wgsd.members.signed.SignedZone;
import io.wgsd.members.signed.TrustedKeys;
import io.wgsd.members.signed.ZoneDigest;
import java.security.MessageDigest;
import java.util.List;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneMDRecord;

/** What there is at the origin of a members' zone, once it is seen to be signed, and the digest to be right. */
record Apex(TrustedKeys keys, SOARecord soa, ZoneMDRecord digest) {

    /**
     * Checks what is at the origin, and the digest over all of the zone.
     *
     * @throws UnfitZoneException if there is another number of any of it, it is not signed by keys that one of the anchors
     *     has signed, or the digest is another one
     */
    static Apex of(SignedZone zone, List<Record> anchors) throws UnfitZoneException {
        SOARecord soa = (SOARecord) only(zone, Type.SOA, ZoneRule.CONTENT);
        TrustedKeys keys = keys(zone, anchors);
        ZoneMDRecord digest = (ZoneMDRecord) only(zone, Type.ZONEMD, ZoneRule.DIGEST);
        requireSignature(keys, zone, zone.apex().rrset(Type.SOA));
        requireSignature(keys, zone, List.of(digest));
        requireAllSignatures(keys, digest, signatures(zone, List.of(digest)));
        checkDigest(digest, soa, zone);
        return new Apex(keys, soa, digest);
    }

    VerifiedNetwork verified(Network network, SignedZone zone) {
        return new VerifiedNetwork(
                network, soa.getSerial(), zone.validFrom(), zone.validUntil(), digest.getDigest(), zone);
    }

    private static Record only(SignedZone zone, int type, ZoneRule rule) throws UnfitZoneException {
        List<Record> rrset = zone.apex().rrset(type);
        if (rrset.size() != 1) {
            throw new UnfitZoneException(
                    rule, "it has " + rrset.size() + " " + Type.string(type) + " records, and needs one");
        }
        return rrset.get(0);
    }

    /** Returns the zone's own keys, once one of the anchors is seen to have signed them. */
    static TrustedKeys keys(SignedZone zone, List<Record> anchors) throws UnfitZoneException {
        List<Record> rrset = zone.apex().rrset(Type.DNSKEY);
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
        if (rrset.size() > MembersVerifier.MAX_KEYS || tags != rrset.size()) {
            throw new UnfitZoneException(
                    ZoneRule.ANCHOR,
                    "it has " + rrset.size() + " keys with " + tags + " tags; " + MembersVerifier.MAX_KEYS
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
                    "none of its keys is one that this host was given for " + zone.origin()
                            + "; if the owner has another key now, give the host that one");
        }
        requireSignature(anchored, zone, rrset);
        return all;
    }

    private static void checkDigest(ZoneMDRecord digest, SOARecord soa, SignedZone zone) throws UnfitZoneException {
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
        if (!MessageDigest.isEqual(digest.getDigest(), ZoneDigest.of(zone))) {
            throw new UnfitZoneException(ZoneRule.DIGEST, "its records are not those of which its digest is");
        }
    }

    static void requireSignature(TrustedKeys keys, SignedZone zone, List<Record> rrset) throws UnfitZoneException {
        List<RRSIGRecord> signatures = signatures(zone, rrset);
        if (signatures.size() > MembersVerifier.MAX_KEYS
                || keys.signature(rrset, signatures).isEmpty()) {
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

    static List<RRSIGRecord> signatures(SignedZone zone, List<Record> rrset) {
        return zone.at(rrset.get(0).getName()).signatures(rrset.get(0).getType());
    }

    static String describe(Record record) {
        int type = record instanceof RRSIGRecord signature ? signature.getTypeCovered() : record.getType();
        return record.getName() + " " + Type.string(type);
    }
}
