package io.wgsd.command.host;

import io.wgsd.internal.file.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes the lines that an agent records to a file, each at once, so that none is lost when the process ends.
 *
 * <p>The file is new at each start, because a record is complete only from its agent's start on; that of the start
 * before is kept beside it. Used by one thread.
 */
public final class RecordFile implements Consumer<String> {

    private static final long LIMIT = 1L << 30;

    private final Path file;
    private final FileChannel channel;
    private final long limit;
    private final Consumer<String> report;
    private long size;

    private RecordFile(Path file, FileChannel channel, long limit, Consumer<String> report) {
        this.file = file;
        this.channel = channel;
        this.limit = limit;
        this.report = report;
    }

    /**
     * Creates the file, for its owner alone.
     *
     * @param file the file; one that is there gets the ending {@code .old}
     * @param report gets one line when recording ends early
     * @throws IOException if it cannot be created; in one line
     */
    public static RecordFile create(Path file, Consumer<String> report) throws IOException {
        return create(file, LIMIT, report);
    }

    static RecordFile create(Path file, long limit, Consumer<String> report) throws IOException {
        try {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".old"),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            return new RecordFile(file, FileChannel.open(file, options, ownerOnly(file)), limit, report);
        } catch (IOException e) {
            throw FileFailure.of("cannot record to " + file, file, e);
        }
    }

    @Override
    public void accept(String line) {
        if (!channel.isOpen()) {
            return;
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (size + bytes.length > limit) {
            end("it would have more than " + limit + " bytes");
            return;
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                size += channel.write(buffer);
            }
        } catch (IOException e) {
            end(FileFailure.reason(file, e));
        }
    }

    private void end(String reason) {
        report.accept("recording to " + file + " has ended: " + reason);
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is written to it any more.
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
