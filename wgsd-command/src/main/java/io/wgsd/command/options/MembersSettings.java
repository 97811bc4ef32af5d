package io.wgsd.command.options;

import io.wgsd.dnssd.DnsSdNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Record;

/**
 * Which list of members is served.
 *
 * @param names the names of the registry's zone
 * @param file where the list is
 * @param anchors the keys of its owner
 * @param state where the last good list is kept
 */
public record MembersSettings(DnsSdNames names, Path file, List<Record> anchors, Optional<Path> state) {

    private static final long TTL = 3600;

    /** Returns what tells validators of the registry's zone who signs the members'. */
    List<DSRecord> ds() {
        return anchors.stream().map(MembersSettings::ds).toList();
    }

    private static DSRecord ds(Record anchor) {
        if (anchor instanceof DSRecord ds) {
            return new DSRecord(
                    ds.getName(),
                    DClass.IN,
                    TTL,
                    ds.getFootprint(),
                    ds.getAlgorithm(),
                    ds.getDigestID(),
                    ds.getDigest());
        }
        return new DSRecord(anchor.getName(), DClass.IN, TTL, DNSSEC.Digest.SHA256, (DNSKEYRecord) anchor);
    }
}
