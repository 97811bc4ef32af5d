package io.wgsd.members.records;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** Where a member's records are: those of its key, and those of its name. */
public record MemberRecords(PublicKey publicKey, String name, Name origin) {

    public static MemberRecords of(PublicKey publicKey, String name, Name origin) {
        return new MemberRecords(publicKey, name, origin);
    }

    /** Reads the key and the name that a TXT record has, and checks that it is where such a key's is. */
    public static MemberRecords parse(Name owner, String key, String name, Name origin) {
        MemberRecords records = new MemberRecords(PublicKey.parse(key), name, origin);
        if (!owner.equals(records.ofKey())) {
            throw new FormatException("TXT record", owner.toString(), "has another key than its name: " + key);
        }
        return records;
    }

    public List<Record> write(List<String> txt, Collection<IpAddress> addresses, long ttl) {
        List<Record> records = new ArrayList<>();
        records.add(new TXTRecord(ofKey(), DClass.IN, ttl, txt));
        for (IpAddress address : addresses) {
            records.add(
                    address.isIpv6()
                            ? new AAAARecord(ofName(), DClass.IN, ttl, address.toBytes())
                            : new ARecord(ofName(), DClass.IN, ttl, address.toBytes()));
        }
        return records;
    }

    private Name ofKey() {
        return child(publicKey.toBase32());
    }

    private Name ofName() {
        return child(name);
    }

    private Name child(String label) {
        try {
            return new Name(label, origin);
        } catch (TextParseException e) {
            throw new FormatException("zone", origin.toString(), "is too long for names below it");
        }
    }
}
