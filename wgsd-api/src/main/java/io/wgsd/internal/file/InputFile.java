package io.wgsd.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a file that somebody has named: a regular one of bounded size, whose owner and mode fit what it is for.
 *
 * <p>A link is followed, since secrets are often mounted as links; what counts is what it leads to.
 */
public final class InputFile {

    /** Longer than any key, anchor or configuration that anybody writes. */
    public static final int MAX_SIZE = 1024 * 1024;

    private InputFile() {}

    /**
     * Reads a secret that only the user of this process, root and a group may read, and that no other may change.
     *
     * @param file the file
     * @param what what it is, as in {@code key file}
     * @return its content, which is the caller's to wipe
     * @throws IOException if it cannot be read, is not a regular file, is longer than {@link #MAX_SIZE}, or is open to
     *     others; in one line with what to do
     */
    public static byte[] readSecret(Path file, String what) throws IOException {
        return read(file, what, MAX_SIZE, Ownership::openToOthers);
    }

    /**
     * Reads what is not secret but must be trusted, which no other user may change.
     *
     * @param file the file
     * @param what what it is, as in {@code configuration file}
     * @return its content
     * @throws IOException as {@link #readSecret}
     */
    public static byte[] readTrusted(Path file, String what) throws IOException {
        return read(file, what, MAX_SIZE, Ownership::changeableByOthers);
    }

    /**
     * Reads what must be trusted, as {@link #readTrusted(Path, String)} does, and may be longer.
     *
     * @param file the file
     * @param what what it is, as in {@code zone file}
     * @param limit how many bytes it has at most
     * @return its content
     * @throws IOException as {@link #readSecret}
     */
    public static byte[] readTrusted(Path file, String what, int limit) throws IOException {
        return read(file, what, limit, Ownership::changeableByOthers);
    }

    private static byte[] read(Path file, String what, int limit, Check check) throws IOException {
        String doing = "cannot read the " + what + " " + file;
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            // Opening a FIFO would wait for somebody to write.
            if (!attributes.isRegularFile()) {
                throw new IOException(attributes.isDirectory() ? "it is a directory" : "it is not a regular file");
            }
            if (attributes.size() > limit) {
                throw new IOException("it is longer than " + limit + " bytes");
            }
            Optional<String> complaint = check.complaint(file);
            if (complaint.isPresent()) {
                throw new IOException(complaint.get());
            }
            return bounded(file, limit);
        } catch (IOException e) {
            throw FileFailure.of(doing, file, e);
        }
    }

    /** Reads up to a limit, regardless of the size before; no copy of the content outlives this. */
    static byte[] bounded(Path file, int limit, LinkOption... links) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file, OpenOptions.read(links))) {
            int size = Math.toIntExact(Math.min(channel.size(), limit));
            byte[] content = new byte[size];
            ByteBuffer buffer = ByteBuffer.wrap(content);
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer);
            }
            if (!buffer.hasRemaining()) {
                return content;
            }
            byte[] shorter = Arrays.copyOf(content, buffer.position());
            Arrays.fill(content, (byte) 0);
            return shorter;
        }
    }

    private interface Check {
        Optional<String> complaint(Path file) throws IOException;
    }
}
