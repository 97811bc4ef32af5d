package io.wgsd.members.signed;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The digest over all records of a zone (RFC 8976, section 3.3, scheme SIMPLE), by SHA-384. */
public final class ZoneDigest {

    /** How many bytes it has. */
    public static final int LENGTH = 48;

    private ZoneDigest() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared or handed out
    private record Wire(Name name, int type, byte[] data, Record record) {}

    /** Returns the digest; the origin's ZONEMD records and the signatures of these are no part of it. */
    public static byte[] of(Name origin, Collection<? extends Record> records) {
        MessageDigest digest = sha384();
        Wire[] sorted = records.stream()
                .filter(record -> !isOfDigest(origin, record))
                .map(record -> new Wire(record.getName(), record.getType(), record.rdataToWireCanonical(), record))
                .toArray(Wire[]::new);
        Arrays.sort(
                sorted,
                Comparator.comparing(Wire::name)
                        .thenComparingInt(Wire::type)
                        .thenComparing(Wire::data, Arrays::compareUnsigned));
        for (Wire wire : sorted) {
            digest.update(wire.record().toWireCanonical());
        }
        return digest.digest();
    }

    private static boolean isOfDigest(Name origin, Record record) {
        int type = record instanceof RRSIGRecord signature ? signature.getTypeCovered() : record.getType();
        return type == Type.ZONEMD && record.getName().equals(origin);
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-384", e);
        }
    }
}
