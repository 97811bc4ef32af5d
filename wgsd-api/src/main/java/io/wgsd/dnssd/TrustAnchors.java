package io.wgsd.dnssd;

import io.wgsd.internal.file.InputFile;
import io.wgsd.model.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Reads by which keys a zone's signatures are trusted. */
public final class TrustAnchors {

    private TrustAnchors() {}

    /**
     * Reads DS or DNSKEY records of a zone, one a line, as {@code wgsd key ds}, {@code dnssec-dsfromkey} and a key's
     * public file have them.
     *
     * @param zone the names of the zone
     * @param text the records, and comments behind semicolons
     * @return at least one record
     * @throws FormatException if there is none, or anything else
     */
    public static List<Record> parse(DnsSdNames zone, String text) {
        List<Record> anchors = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // A TTL may be left out; no other file is read, and nothing multiplied.
        try (Master master = new Master(new ByteArrayInputStream(bytes), zone.origin(), 0)) {
            master.disableIncludes(true);
            master.expandGenerate(false);
            for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
                anchors.add(record);
            }
        } catch (IOException | RuntimeException e) {
            // The library's reader answers some texts with an exception of its own making, as an empty string in
            // quotes.
            throw refusal(text.strip(), zone);
        }
        for (Record record : anchors) {
            if (!record.getName().equals(zone.origin())
                    || (record.getType() != Type.DS && record.getType() != Type.DNSKEY)) {
                throw refusal(record.toString(), zone);
            }
        }
        if (anchors.isEmpty()) {
            throw refusal(text.strip(), zone);
        }
        return anchors;
    }

    /**
     * Reads them from a file.
     *
     * @param zone the names of the zone
     * @param file a regular file of at most 1 MiB, or a link to one, that no other user may change
     * @return at least one record
     * @throws FormatException as {@link #parse}
     * @throws IOException if it cannot be read or trusted; in one line with what to do
     */
    public static List<Record> read(DnsSdNames zone, Path file) throws IOException {
        byte[] content = InputFile.readTrusted(file, "file with a DS or DNSKEY record,");
        return parse(zone, new String(content, StandardCharsets.UTF_8));
    }

    private static FormatException refusal(String text, DnsSdNames zone) {
        return new FormatException("trust anchor", text, "must be a DS or DNSKEY record of " + zone);
    }
}
