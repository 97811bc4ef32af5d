package io.wgsd.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Who besides this process' user and root can change a file, or read it, as its owner and mode say. */
final class Ownership {

    /** On Linux this directory belongs to the user as whom the process runs (proc(5)). */
    private static final Path SELF = Path.of("/proc/self");

    private static final int ROOT = 0;

    private static final Set<PosixFilePermission> CHANGED_BY_OTHERS = EnumSet.of(PosixFilePermission.OTHERS_WRITE);

    private static final Set<PosixFilePermission> KNOWN_TO_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private Ownership() {}

    /** Returns why others may have changed the file; empty where they cannot, or where the file system does not tell. */
    static Optional<String> changeableByOthers(Path file, LinkOption... links) throws IOException {
        return complaint(file, CHANGED_BY_OTHERS, "644", links);
    }

    /** Returns why others may have changed or read the file; empty where they cannot, or where the file system does not tell. */
    static Optional<String> openToOthers(Path file, LinkOption... links) throws IOException {
        return complaint(file, KNOWN_TO_OTHERS, "600", links);
    }

    private static Optional<String> complaint(
            Path file, Set<PosixFilePermission> unwanted, String mode, LinkOption... links) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return Optional.empty();
        }
        int owner = (int) Files.getAttribute(file, "unix:uid", links);
        if (owner != ROOT && Files.exists(SELF) && owner != (int) Files.getAttribute(SELF, "unix:uid")) {
            return Optional.of("it belongs to another user (" + Files.getOwner(file, links) + "); chown it");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file, links);
        boolean open = unwanted.stream().anyMatch(permissions::contains);
        return open
                ? Optional.of("its mode " + PosixFilePermissions.toString(permissions) + " lets other users in; chmod "
                        + mode + " it")
                : Optional.empty();
    }
}
