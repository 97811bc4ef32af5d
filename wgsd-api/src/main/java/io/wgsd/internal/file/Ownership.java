package io.wgsd.internal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who besides this process' user and root can change a file, or read it, as its owner and mode say. */
final class Ownership {

    /** Has a line {@code Uid:} with the real and the effective user's number (proc(5)); there on Linux alone. */
    private static final Path SELF = Path.of("/proc/self/status");

    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+[0-9]+\\s+([0-9]+)");

    private static final int ROOT = 0;

    private static final Set<PosixFilePermission> CHANGED_BY_OTHERS = EnumSet.of(PosixFilePermission.OTHERS_WRITE);

    private static final Set<PosixFilePermission> KNOWN_TO_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private Ownership() {}

    /** Returns why others may have changed the file; empty where they cannot, or where the file system does not say. */
    static Optional<String> changeableByOthers(Path file, LinkOption... links) throws IOException {
        return complaint(file, CHANGED_BY_OTHERS, "644", links);
    }

    /**
     * Returns why others may have changed or read the file; empty where they cannot, or where the file system does not
     * say.
     */
    static Optional<String> openToOthers(Path file, LinkOption... links) throws IOException {
        return complaint(file, KNOWN_TO_OTHERS, "600", links);
    }

    private static Optional<String> complaint(
            Path file, Set<PosixFilePermission> unwanted, String mode, LinkOption... links) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        int owner = (int) Files.getAttribute(file, "unix:uid", links);
        OptionalInt self = self();
        if (owner != ROOT && self.isPresent() && owner != self.getAsInt()) {
            return Optional.of("it belongs to another user (" + Files.getOwner(file, links) + "); chown it");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, links);
        boolean open = unwanted.stream().anyMatch(permissions::contains);
        return open
                ? Optional.of("its mode " + PosixFilePermissions.toString(permissions) + " lets other users in; chmod "
                        + mode + " it")
                : Optional.empty();
    }

    /** Returns the number of the user as whom this process runs; empty where the system does not say. */
    private static OptionalInt self() throws IOException {
        if (!Files.isReadable(SELF)) {
            return OptionalInt.empty();
        }
        Matcher user = EFFECTIVE_USER.matcher(Files.readString(SELF, StandardCharsets.ISO_8859_1));
        return user.find() ? OptionalInt.of(Integer.parseInt(user.group(1))) : OptionalInt.empty();
    }
}
