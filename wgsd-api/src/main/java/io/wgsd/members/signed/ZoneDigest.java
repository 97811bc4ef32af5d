package io.wgsd.members.signed;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The digest over all records of a zone (RFC 8976, section 3.3, scheme SIMPLE), by SHA-384. */
public final class ZoneDigest {

    /** How many bytes it has. */
    public static final int LENGTH = 48;

    private ZoneDigest() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared or handed out
    private record Wire(byte[] data, Record record) {}

    /** Returns the digest; the origin's ZONEMD records and the signatures of these are no part of it. */
    public static byte[] of(Name origin, Collection<? extends Record> records) {
        return of(origin, new RrsetMap(records));
    }

    /** Returns the digest of a zone that is in order already. */
    public static byte[] of(Name origin, RrsetMap zone) {
        MessageDigest digest = sha384();
        for (RrsetMap.Node node : zone.nodes()) {
            boolean atOrigin = node.name().equals(origin);
            node.rrsets().headMap(Type.RRSIG, false).values().forEach(rrset -> update(digest, rrset));
            update(
                    digest,
                    node.signatures().values().stream()
                            .flatMap(List::stream)
                            .filter(each -> !atOrigin || each.getTypeCovered() != Type.ZONEMD)
                            .toList());
            node.rrsets().tailMap(Type.RRSIG, false).forEach((type, rrset) -> {
                if (!atOrigin || type != Type.ZONEMD) {
                    update(digest, rrset);
                }
            });
        }
        return digest.digest();
    }

    private static void update(MessageDigest digest, List<? extends Record> rrset) {
        if (rrset.size() == 1) {
            digest.update(rrset.get(0).toWireCanonical());
            return;
        }
        rrset.stream()
                .map(record -> new Wire(record.rdataToWireCanonical(), record))
                .sorted(Comparator.comparing(Wire::data, Arrays::compareUnsigned))
                .forEach(wire -> digest.update(wire.record().toWireCanonical()));
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-384", e);
        }
    }
}
