package io.wgsd.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes a file that must not be there yet, and waits until the disk has it. */
public final class NewFile {

    private NewFile() {}

    /**
     * Writes a file that its owner alone may read.
     *
     * @param file a path at which there is nothing, not even a link
     * @param content what it is to hold
     * @throws IOException if there is something, or it cannot be written; then nothing is left behind
     */
    public static void writePrivate(Path file, byte[] content) throws IOException {
        write(file, content, "rw-------");
    }

    /**
     * Writes a file that everybody may read.
     *
     * @param file a path at which there is nothing, not even a link
     * @param content what it is to hold
     * @throws IOException if there is something, or it cannot be written; then nothing is left behind
     */
    public static void writePublic(Path file, byte[] content) throws IOException {
        write(file, content, "rw-r--r--");
    }

    private static void write(Path file, byte[] content, String mode) throws IOException {
        try (FileChannel channel = FileChannel.open(file, OpenOptions.writeNew(), attributes(file, mode))) {
            try {
                if (isPosix(file)) {
                    // The umask has taken away what others may do.
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
                }
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
                syncFolderOf(file);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    /** Without this a name may be lost with the power, though the file behind it is not (fsync(2)). */
    static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !isPosix(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] attributes(Path file, String mode) {
        if (!isPosix(file)) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
