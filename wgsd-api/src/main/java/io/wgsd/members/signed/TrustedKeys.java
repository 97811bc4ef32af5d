package io.wgsd.members.signed;

import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.model.FormatException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/** Keys whose signatures are believed, by their tags, of which no two are the same. */
public final class TrustedKeys {

    private final Map<Integer, Key> keys = new HashMap<>();

    private record Key(SigningAlgorithm algorithm, PublicKey key) {}

    /** Returns whether a key is of an algorithm that is known here, so that its tag may be asked for. */
    public static boolean isKnown(DNSKEYRecord key) {
        return key.getKey() != null
                && Arrays.stream(SigningAlgorithm.values()).anyMatch(each -> each.number() == key.getAlgorithm());
    }

    /** Adds a key, unless it is one that may not sign zones, or of an algorithm that nobody uses here. */
    public void add(DNSKEYRecord record) {
        if ((record.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) == 0
                || (record.getFlags() & DNSKEYRecord.Flags.REVOKE) != 0
                || record.getProtocol() != DNSKEYRecord.Protocol.DNSSEC) {
            return;
        }
        try {
            keys.put(record.getFootprint(), new Key(SigningAlgorithm.of(record.getAlgorithm()), record.getPublicKey()));
        } catch (FormatException | DNSSEC.DNSSECException e) {
            // The others may do.
        }
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Returns whether a key is one of the anchors, or is the one whose digest an anchor has. */
    public static boolean isAnchored(DNSKEYRecord key, Collection<? extends Record> anchors) {
        return anchors.stream().anyMatch(anchor -> matches(key, anchor));
    }

    private static boolean matches(DNSKEYRecord key, Record anchor) {
        if (anchor instanceof DSRecord ds) {
            return ds.getDigestID() == DNSSEC.Digest.SHA256
                    && ds.equals(new DSRecord(ds.getName(), ds.getDClass(), ds.getTTL(), DNSSEC.Digest.SHA256, key));
        }
        return anchor instanceof DNSKEYRecord pinned
                && pinned.getAlgorithm() == key.getAlgorithm()
                && pinned.getFlags() == key.getFlags()
                && Arrays.equals(pinned.getKey(), key.getKey());
    }

    /** Returns a signature of an RRset that is one of these keys'; its times are the caller's to look at. */
    public Optional<RRSIGRecord> signature(List<Record> rrset, Collection<RRSIGRecord> signatures) {
        return signatures.stream()
                .filter(signature -> isValid(rrset, signature))
                .findFirst();
    }

    private boolean isValid(List<Record> rrset, RRSIGRecord signature) {
        Key key = keys.get(signature.getFootprint());
        if (key == null || key.algorithm().number() != signature.getAlgorithm()) {
            return false;
        }
        try {
            return key.algorithm()
                    .verify(key.key(), DNSSEC.digestRRset(signature, new RRset(rrset)), signature.getSignature());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
