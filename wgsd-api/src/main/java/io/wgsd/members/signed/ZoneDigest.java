package io.wgsd.members.signed;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The digest over all records of a zone (RFC 8976, section 3.3, scheme SIMPLE), by SHA-384. */
public final class ZoneDigest {

    /** How many bytes it has. */
    public static final int LENGTH = 48;

    private ZoneDigest() {}

    /** Returns the digest; the origin's ZONEMD records and the signatures of these are no part of it. */
    public static byte[] of(Name origin, Collection<? extends Record> records) {
        return of(new RrsetMap(records).toZone(origin));
    }

    /** Returns the digest of a zone that is in order already. */
    public static byte[] of(SignedZone zone) {
        MessageDigest digest = sha384();
        for (SignedName name : zone.names()) {
            digest.update(name == zone.apex() ? name.canonical(Type.ZONEMD) : name.canonical());
        }
        return digest.digest();
    }

    private static MessageDigest sha384() {
        try {
            return MessageDigest.getInstance("SHA-384");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-384", e);
        }
    }
}
