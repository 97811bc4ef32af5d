package io.wgsd.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Turns files of the archive into what Debian's policy wants of them, when the packages are built. */
final class DebianFiles {

    // RFC 1952, section 2.3.1.
    private static final int EXTRA_FLAGS = 8;
    private static final byte SLOWEST = 2;
    private static final byte UNIX = 3;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss xx", Locale.ENGLISH);

    private DebianFiles() {}

    /**
     * Writes {@code man/….gz}, {@code systemd/…} and {@code changelog.gz}.
     *
     * @param arguments the folder to write to, the archive's folders with man pages and units, the version, the
     *     address of the maintainers, and the time of the release in ISO 8601
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(Path.of(arguments[1]))) {
            for (Path page : pages) {
                compress(folder.resolve("man/" + page.getFileName() + ".gz"), Files.readString(page));
            }
        }
        try (DirectoryStream<Path> units = Files.newDirectoryStream(Path.of(arguments[2]))) {
            for (Path unit : units) {
                write(folder.resolve("systemd/" + unit.getFileName()), unit(Files.readString(unit)));
            }
        }
        String log = changelog(arguments[3], arguments[4], OffsetDateTime.parse(arguments[5]));
        compress(folder.resolve("changelog.gz"), log);
    }

    /** Returns a unit of the archive with the package's paths, and its user, which exists. */
    static String unit(String unit) {
        return unit.replace("DynamicUser=yes\n", "")
                .replace("/opt/wgsd/wgsd", "/usr/bin/wgsd")
                .replace("/opt/wgsd/README.md", "/usr/share/doc/wgsd/README.md");
    }

    /** Returns the package's changelog, in the form of deb-changelog(5). */
    static String changelog(String version, String address, OffsetDateTime time) {
        return "wgsd (" + version.replace("-SNAPSHOT", "~SNAPSHOT") + ") unstable; urgency=medium\n\n"
                + "  * CHANGELOG.md, in this folder, says what changed.\n\n"
                + " -- The wgsd authors <" + address + ">  "
                + TIME.format(time) + "\n";
    }

    /** Compresses as {@code gzip -9n} does, and says so in the header, where Debian's checks look for it. */
    private static void compress(Path file, String content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new BestGzip(compressed)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = compressed.toByteArray();
        bytes[EXTRA_FLAGS] = SLOWEST;
        bytes[EXTRA_FLAGS + 1] = UNIX;
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static final class BestGzip extends GZIPOutputStream {

        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
