package io.wgsd.command.member;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.internal.file.InputFile;
import io.wgsd.members.MembersZone;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Record;

/** A signed zone as a zone file, with a comment that says on which serials it is based, the last one first. */
final class SignedFile {

    /** Some five times the zone of as many members as there may be. */
    static final int MAX_SIZE = 256 * 1024 * 1024;

    private static final Pattern BASED_ON = Pattern.compile("(?m)^; based on serials((?: [0-9]{1,10})+)$");
    private static final int HEAD = 1024;
    /** So many are written down, for an owner who signs more often than the zone is published. */
    private static final int MOST = 64;

    private final Path file;
    private final DnsSdNames names;

    SignedFile(Path file, DnsSdNames names) {
        this.file = file;
        this.names = names;
    }

    /** A zone that was read. */
    record Content(List<Record> records, List<Long> basedOn, String text) {}

    boolean exists() {
        return Files.exists(file);
    }

    Content read() throws IOException {
        return parse(bytes());
    }

    byte[] bytes() throws IOException {
        return InputFile.readTrusted(file, "signed zone", MAX_SIZE);
    }

    Content parse(byte[] bytes) throws IOException {
        String head = new String(bytes, 0, Math.min(bytes.length, HEAD), StandardCharsets.US_ASCII);
        Matcher base = BASED_ON.matcher(head);
        List<Long> basedOn = base.find()
                ? Stream.of(base.group(1).strip().split(" ")).map(Long::valueOf).toList()
                : List.of();
        try {
            List<Record> records = ZoneFile.parse(MembersZone.names(names).origin(), bytes);
            return new Content(records, basedOn, new String(bytes, StandardCharsets.US_ASCII));
        } catch (FormatException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    void write(List<Record> records, List<Long> basedOn) throws IOException {
        String serials =
                basedOn.stream().limit(MOST).map(serial -> " " + serial).collect(Collectors.joining());
        String comment = serials.isEmpty() ? "" : "; based on serials" + serials + "\n";
        MemberFolder.writePublic(file, comment + ZoneFile.text(records.stream()));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
