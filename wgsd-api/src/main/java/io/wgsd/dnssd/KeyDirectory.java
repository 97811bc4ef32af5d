package io.wgsd.dnssd;

import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * A folder with the keys of zones, each as two files such as {@code Kexample.com.+015+12345.key} and {@code .private}, in the
 * form of BIND's tools.
 *
 * <p>Thread-safe as far as the file system is; it keeps nothing in memory.
 */
public final class KeyDirectory {

    private static final int MAX_FILE = 64 * 1024;

    private final Path folder;

    /**
     * Names a folder, which need not exist yet.
     *
     * @param folder where the files are
     */
    public KeyDirectory(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads the keys of a zone that are to sign now, by the times in their files.
     *
     * @param zone the zone
     * @param now the wall clock's time
     * @return the keys, the oldest first; none where the folder has none
     * @throws IOException if the folder or a file cannot be read; in one line with what to do
     * @throws FormatException if a file is no such key; nothing of a private key is quoted
     */
    public List<SigningKey> keys(Name zone, Instant now) throws IOException {
        String prefix = KeyFile.prefix(zone);
        List<SigningKey> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder,
                file -> file.getFileName().toString().startsWith(prefix)
                        && file.getFileName().toString().endsWith(".key"))) {
            for (Path file : files) {
                read(file, now).ifPresent(keys::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new IOException(
                    "there is no folder " + folder + " with keys; \"wgsd key new\" makes one, and a key in it", e);
        }
        keys.sort(Comparator.comparing(SigningKey::created).thenComparingInt(SigningKey::tag));
        return keys;
    }

    /**
     * Makes a key and writes its files, the private one for its owner's eyes only.
     *
     * @param zone the zone that it is to sign
     * @param algorithm how
     * @param now when it is made
     * @return the key, whose tag is not that of another one in the folder
     * @throws IOException if the files cannot be written; then none is left behind
     */
    public SigningKey create(Name zone, SigningAlgorithm algorithm, Instant now) throws IOException {
        Files.createDirectories(folder);
        SigningKey key;
        do {
            key = SigningKey.generate(zone, algorithm, now);
        } while (hasTag(zone, key.tag()));
        Path privateFile = folder.resolve(KeyFile.baseName(key) + ".private");
        boolean complete = false;
        try {
            writePrivate(privateFile, KeyFile.privateText(key));
            Files.writeString(
                    folder.resolve(KeyFile.baseName(key) + ".key"),
                    KeyFile.publicText(key),
                    StandardOpenOption.CREATE_NEW);
            complete = true;
            return key;
        } finally {
            if (!complete) {
                Files.deleteIfExists(privateFile);
            }
        }
    }

    /**
     * Takes a key out of use for good: its files are deleted.
     *
     * @param key one of {@link #keys}
     * @throws IOException if a file cannot be deleted
     */
    public void delete(SigningKey key) throws IOException {
        // The public one first: without it the private one is not found any more.
        Files.delete(folder.resolve(KeyFile.baseName(key) + ".key"));
        Files.delete(folder.resolve(KeyFile.baseName(key) + ".private"));
    }

    /** Returns the folder. */
    @Override
    public String toString() {
        return folder.toString();
    }

    private boolean hasTag(Name zone, int tag) throws IOException {
        String suffix = String.format("+%05d.key", tag);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(KeyFile.prefix(zone)) && name.endsWith(suffix)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<SigningKey> read(Path publicFile, Instant now) throws IOException {
        String name = publicFile.getFileName().toString();
        String base = name.substring(0, name.length() - ".key".length());
        Path privateFile = folder.resolve(base + ".private");
        byte[] secret = contents(privateFile);
        try {
            return KeyFile.parse(
                    folder.resolve(base).toString(),
                    new String(contents(publicFile), StandardCharsets.US_ASCII),
                    secret,
                    now);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] contents(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new FormatException("key file", file.toString(), "is too long to be one");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file + ", which goes with the other one of that key", e);
        } catch (IOException e) {
            throw new IOException("cannot read the key file " + file + ": " + e.getMessage(), e);
        }
    }

    private static void writePrivate(Path file, byte[] contents) throws IOException {
        FileAttribute<?>[] ownersOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownersOnly);
            Files.write(file, contents);
        } finally {
            Arrays.fill(contents, (byte) 0);
        }
    }
}
