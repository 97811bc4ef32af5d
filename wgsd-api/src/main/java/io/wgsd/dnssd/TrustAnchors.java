package io.wgsd.dnssd;

import io.wgsd.model.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Reads by which keys a zone's signatures are trusted. */
public final class TrustAnchors {

    private TrustAnchors() {}

    /**
     * Reads DS or DNSKEY records of a zone, one a line, as {@code wgsd key ds}, {@code dnssec-dsfromkey} and a key's public file
     * have them.
     *
     * @param zone the zone
     * @param text the records, and comments behind semicolons
     * @return at least one record
     * @throws FormatException if there is none, or anything else
     */
    public static List<Record> parse(Name zone, String text) {
        List<Record> anchors = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A TTL may be left out; no other file is read, and nothing multiplied.
        try (Master master = new Master(new ByteArrayInputStream(bytes), zone, 0)) {
            master.disableIncludes(true);
            master.expandGenerate(false);
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                if (!record.getName().equals(zone)
                        || (record.getType() != Type.DS && record.getType() != Type.DNSKEY)) {
                    throw new FormatException(
                            "trust anchor", record.toString(), "must be a DS or DNSKEY record of " + zone);
                }
                anchors.add(record);
            }
        } catch (IOException e) {
            throw new FormatException("trust anchor", text.strip(), "must be a DS or DNSKEY record: " + e.getMessage());
        }
        if (anchors.isEmpty()) {
            throw new FormatException("trust anchor", text.strip(), "must be a DS or DNSKEY record of " + zone);
        }
        return anchors;
    }
}
