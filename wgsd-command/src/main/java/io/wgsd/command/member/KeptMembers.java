package io.wgsd.command.member;

import io.wgsd.dnssd.ZoneDiff;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/**
 * The list that was good last, in a file, and in another one what has changed since that was written: a list of many
 * thousand members is not written anew for each change.
 *
 * <p>Not thread-safe.
 */
final class KeptMembers {

    /** With more changes than that the list is written anew; far less than what a start has to verify anyway. */
    private static final int MAX_CHANGES = 256 * 1024;

    private static final String BASE = "; changes since serial ";

    private final Name origin;
    private final StateFile zone;
    private final StateFile changes;
    private String journal = "";
    private @Nullable VerifiedNetwork written;

    /** A list that follows another one by a difference. */
    record Step(VerifiedNetwork before, ZoneDiff change) {}

    /** Keeps the zone of an origin in a file, and beside it the changes. */
    KeptMembers(Name origin, Path file) {
        this.origin = origin;
        zone = new StateFile(file, SignedFile.MAX_SIZE);
        changes = new StateFile(file.resolveSibling(file.getFileName() + ".changes"), 2 * MAX_CHANGES);
    }

    /**
     * Returns what was written last, once it is verified again; empty where nothing was.
     *
     * @throws FormatException if a file is not what this has written
     */
    Optional<VerifiedNetwork> read(MembersVerifier verifier) throws IOException, UnfitZoneException {
        Optional<byte[]> content = zone.read();
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Set<Record> records = new LinkedHashSet<>(ZoneFile.parse(origin, content.get()));
        String text = changes.read()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                .orElse("");
        String base = base(serial(records));
        // Those of a list before this one are passed over: the file of that one has been replaced since.
        journal = text.startsWith(base) ? text : base;
        journal.lines().skip(1).forEach(line -> apply(line, records));
        VerifiedNetwork network = verifier.verify(records);
        written = network;
        return Optional.of(network);
    }

    private void apply(String line, Set<Record> records) {
        if (!line.startsWith("-") && !line.startsWith("+")) {
            throw new FormatException("change of members", line, "must be a record after + or -");
        }
        List<Record> one = ZoneFile.parse(origin, line.substring(1).getBytes(StandardCharsets.US_ASCII));
        if (line.charAt(0) == '-') {
            one.forEach(records::remove);
        } else {
            records.addAll(one);
        }
    }

    /**
     * Writes a list; once this returns, a crash does not lose it.
     *
     * @param network the list
     * @param step how it follows another one, where that is known
     */
    void write(VerifiedNetwork network, Optional<Step> step) throws IOException {
        VerifiedNetwork before = written;
        String more = step.filter(each -> before != null && each.before().isSameZoneAs(before))
                .map(each -> text('-', each.change().removed())
                        + text('+', each.change().added()))
                .orElse("");
        if (more.isEmpty() || journal.length() + more.length() > MAX_CHANGES) {
            zone.write(ZoneFile.text(network.records().stream()).getBytes(StandardCharsets.US_ASCII));
            journal = base(network.serial());
        } else {
            changes.write((journal + more).getBytes(StandardCharsets.US_ASCII));
            journal += more;
        }
        written = network;
    }

    private static String text(char sign, List<Record> records) {
        return records.isEmpty()
                ? ""
                : ZoneFile.text(records.stream())
                        .lines()
                        .map(line -> sign + line + "\n")
                        .collect(Collectors.joining());
    }

    private static String base(long serial) {
        return BASE + serial + "\n";
    }

    private static long serial(Set<Record> records) {
        return records.stream()
                .filter(SOARecord.class::isInstance)
                .mapToLong(record -> ((SOARecord) record).getSerial())
                .findFirst()
                .orElse(-1);
    }
}
