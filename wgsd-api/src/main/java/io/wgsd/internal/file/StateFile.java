package io.wgsd.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A file that this program writes and reads back: replaced as a whole, so that a crash leaves the old content or the
 * new, and never through a link.
 *
 * <p>Not thread-safe.
 */
public final class StateFile {

    private static final int MAX_SET_ASIDE = 10;

    private final Path file;
    private final int limit;

    /**
     * Names a file.
     *
     * @param file where it is; its folder is made when it is written
     * @param limit how many bytes it has at most
     */
    public StateFile(Path file, int limit) {
        this.file = file;
        this.limit = limit;
    }

    /**
     * Reads it.
     *
     * @return what it holds; empty where there is none
     * @throws UnfitFileException if it is a link, no regular file, too long, or may have been changed by another user
     * @throws IOException if it cannot be read; in one line
     */
    public Optional<byte[]> read() throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new UnfitFileException("state file " + file + " is "
                        + (attributes.isSymbolicLink() ? "a link" : "not a regular file"));
            }
            if (attributes.size() > limit) {
                throw new UnfitFileException("state file " + file + " is longer than " + limit + " bytes");
            }
            Optional<String> complaint = Ownership.changeableByOthers(file, LinkOption.NOFOLLOW_LINKS);
            if (complaint.isPresent()) {
                throw new UnfitFileException("state file " + file + " cannot be trusted: " + complaint.get());
            }
            return Optional.of(InputFile.bounded(file, limit, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UnfitFileException e) {
            throw e;
        } catch (IOException e) {
            throw FileFailure.of("cannot read the state file " + file, file, e);
        }
    }

    /**
     * Replaces its content; once this returns, a crash does not lose it. Its owner alone may read it.
     *
     * @param content what it is to hold
     * @throws IOException if it cannot be written; the content from before is there still
     */
    public void write(byte[] content) throws IOException {
        replace(content, NewFile::writePrivate);
    }

    /**
     * Replaces its content as {@link #write} does, with something that everybody may read.
     *
     * @param content what it is to hold
     * @throws IOException if it cannot be written; the content from before is there still
     */
    public void writePublic(byte[] content) throws IOException {
        replace(content, NewFile::writePublic);
    }

    private void replace(byte[] content, Writing writing) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            // What a crash has left, or a link that somebody has laid there.
            Files.deleteIfExists(fresh);
            writing.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            NewFile.syncFolderOf(file);
        } catch (IOException e) {
            throw FileFailure.of("cannot write the state file " + file, file, e);
        }
    }

    /**
     * Gives an unfit file another name, so that nothing is lost and nothing is in the way.
     *
     * @return where it is now
     * @throws IOException if it cannot be renamed; in one line
     */
    public Path setAside() throws IOException {
        Path aside = aside();
        try {
            return Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FileFailure.of("cannot rename the state file " + file + " to " + aside, file, e);
        }
    }

    /** The last of the names is used again and again, so that a fault that repeats does not fill the disk. */
    private Path aside() {
        Path path = file.resolveSibling(file.getFileName() + ".unusable");
        for (int i = 2; i <= MAX_SET_ASIDE && Files.exists(path, LinkOption.NOFOLLOW_LINKS); i++) {
            path = file.resolveSibling(file.getFileName() + ".unusable" + i);
        }
        return path;
    }

    private interface Writing {
        void write(Path file, byte[] content) throws IOException;
    }

    /** Returns the path. */
    @Override
    public String toString() {
        return file.toString();
    }
}
