package io.wgsd.dnssd;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** A zone as a master file (RFC 1035, section 5) that BIND, Knot and NSD all load. */
public final class ZoneFile {

    private static final Set<Integer> BASE64 = Set.of(Type.RRSIG, Type.DNSKEY, Type.CDNSKEY);

    private ZoneFile() {}

    /**
     * Returns the zone as text, one record a line, all names absolute.
     *
     * <p>The padding of base32 is written {@code \061}, since Knot refuses a bare {@code =} in a name. BIND checks the
     * names of addresses in a primary zone: give it a zone without {@linkplain ZoneOptions#instanceAddresses()
     * addresses at service instances}. It also loads no list of more than 100 peers, here or by transfer, unless its
     * configuration says {@code max-records-per-type 0}.
     *
     * @param zone the zone
     * @return the text, ending in a line feed
     */
    public static String text(Zone zone) {
        return zone.records().map(ZoneFile::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Record record) {
        return String.format(
                Locale.ROOT,
                "%s %d %s %s %s",
                escape(record.getName().toString()),
                record.getTTL(),
                DClass.string(record.getDClass()),
                Type.string(record.getType()),
                data(record));
    }

    private static String data(Record record) {
        if (record instanceof TXTRecord txt) {
            return txt.getStrings().stream().collect(Collectors.joining("\" \"", "\"", "\""));
        }
        // In base64 the sign is a sign; in the data of all other types of the zone it is part of a name.
        return BASE64.contains(record.getType()) ? record.rdataToString() : escape(record.rdataToString());
    }

    private static String escape(String text) {
        return text.replace("=", "\\061");
    }
}
