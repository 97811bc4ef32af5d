package io.wgsd.tests.packages;

import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build has packaged. */
public final class Packages {

    private static final Path TARGET = Wgsd.LIBRARIES.getParent().getParent();

    private Packages() {}

    /** Returns the Debian package; where there is none the test is skipped. */
    public static Path deb() throws IOException {
        return only("wgsd_*.deb", "./mvnw verify for all modules");
    }

    /** Returns the archive that needs Java; where there is none the test is skipped. */
    public static Path archive() throws IOException {
        return only("wgsd-*{SNAPSHOT,[0-9]}.tar.gz", "./mvnw verify for all modules");
    }

    /** Returns the archive that brings a Java runtime; where there is none the test is skipped. */
    public static Path archiveWithRuntime() throws IOException {
        return only("wgsd-*-linux-*.tar.gz", "./mvnw -Pruntime verify");
    }

    private static Path only(String pattern, String how) throws IOException {
        Path found = null;
        if (Files.isDirectory(TARGET)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(TARGET, pattern)) {
                for (Path file : files) {
                    found = file;
                }
            }
        }
        Lab.require(found != null, "no " + pattern + " is packaged: run " + how);
        return found;
    }
}
