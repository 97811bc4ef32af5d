package io.wgsd.dnssd;

import io.wgsd.dnssd.text.PlainZoneText;
import io.wgsd.model.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
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
        return text(zone.records());
    }

    /**
     * Returns records as text, one a line, all names absolute, as {@link #text(Zone)} has them.
     *
     * @param records the records of a zone, the SOA first
     * @return the text, ending in a line feed
     */
    public static String text(Stream<? extends Record> records) {
        return records.map(ZoneFile::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * Reads a master file, without reading any other file that it names, or multiplying records.
     *
     * @param origin to what relative names are relative
     * @param text the file's content in ASCII, as long as the caller has let it be
     * @return the records in the file's order
     * @throws FormatException if it is no master file; with the number of the line where the reader knows it
     */
    public static List<Record> parse(Name origin, byte[] text) {
        return PlainZoneText.parse(origin, text).orElseGet(() -> parseAny(origin, text));
    }

    private static List<Record> parseAny(Name origin, byte[] text) {
        List<Record> records = new ArrayList<>();
        try (Master master = new Master(new ByteArrayInputStream(text), origin)) {
            master.disableIncludes(true);
            master.expandGenerate(false);
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                if (record instanceof RRSIGRecord signature
                        && (isOut(signature.getExpire()) || isOut(signature.getTimeSigned()))) {
                    throw new IOException("a time of " + record.getName() + " RRSIG has more than 32 bits");
                }
                records.add(record);
            }
        } catch (IOException | RuntimeException e) {
            // The library's reader answers some texts with an exception of its own making.
            throw new FormatException(
                    "zone file", String.valueOf(e.getMessage()), "is not as RFC 1035, section 5, has it");
        }
        return records;
    }

    private static boolean isOut(Instant time) {
        return time.getEpochSecond() >>> 32 != 0;
    }

    private static String line(Record record) {
        return escape(record.getName().toString())
                + ' '
                + record.getTTL()
                + ' '
                + DClass.string(record.getDClass())
                + ' '
                + Type.string(record.getType())
                + ' '
                + data(record);
    }

    private static String data(Record record) {
        if (record instanceof TXTRecord txt) {
            return txt.getStrings().stream().collect(Collectors.joining("\" \"", "\"", "\""));
        }
        // In base64 the sign is a sign; in the data of all other types of the zone it is part of a name.
        return BASE64.contains(record.getType()) ? record.rdataToString() : escape(record.rdataToString());
    }

    private static String escape(String text) {
        return text.indexOf('=') < 0 ? text : text.replace("=", "\\061");
    }
}
