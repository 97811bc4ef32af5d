package io.wgsd.dnssd;

import io.wgsd.internal.file.FileFailure;
import io.wgsd.internal.file.InputFile;
import io.wgsd.internal.file.NewFile;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * A folder with the keys of zones, each as two files such as {@code Kexample.com.+015+12345.key} and {@code .private},
 * in the form of BIND's tools.
 *
 * <p>Thread-safe as far as the file system is; it keeps nothing in memory.
 */
public final class KeyDirectory {

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
     * @param zone the names of the zone
     * @param now the wall clock's time
     * @return the keys, the oldest first; none where the folder has none
     * @throws IOException if the folder or a file cannot be read; in one line with what to do
     * @throws FormatException if a file is no such key; nothing of a private key is quoted
     */
    public List<SigningKey> keys(DnsSdNames zone, Instant now) throws IOException {
        String prefix = KeyFile.prefix(zone.origin());
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
                    "there is no folder " + folder + " with keys; make one, and a key in it with dnssec-keygen -f KSK",
                    e);
        } catch (AccessDeniedException e) {
            throw FileFailure.of("cannot read the folder of keys " + folder, folder, e);
        }
        keys.sort(Comparator.comparing(SigningKey::created).thenComparingInt(SigningKey::tag));
        return keys;
    }

    /**
     * Makes a key and writes its files, the private one for its owner's eyes only.
     *
     * @param zone the names of the zone that it is to sign
     * @param algorithm how
     * @param now when it is made
     * @return the key, whose tag is not that of another one in the folder
     * @throws IOException if the files cannot be written; then none is left behind
     */
    public SigningKey create(DnsSdNames zone, SigningAlgorithm algorithm, Instant now) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileFailure.of("cannot make the folder of keys " + folder, folder, e);
        }
        SigningKey key;
        do {
            key = SigningKey.generate(zone, algorithm, now);
        } while (hasTag(zone.origin(), key.tag()));
        write(key);
        return key;
    }

    private void write(SigningKey key) throws IOException {
        Path privateFile = folder.resolve(KeyFile.baseName(key) + ".private");
        Path publicFile = folder.resolve(KeyFile.baseName(key) + ".key");
        byte[] secret = KeyFile.privateText(key);
        Path writing = privateFile;
        try {
            NewFile.writePrivate(privateFile, secret);
            writing = publicFile;
            NewFile.writePublic(publicFile, KeyFile.publicText(key).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            if (writing.equals(publicFile)) {
                Files.deleteIfExists(privateFile);
            }
            throw FileFailure.of("cannot write the key file " + writing, writing, e);
        } finally {
            Arrays.fill(secret, (byte) 0);
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
        if (Files.notExists(privateFile)) {
            throw new IOException(
                    "there is no file " + privateFile + ", which goes with the other one of that key, " + publicFile);
        }
        byte[] secret = InputFile.readSecret(privateFile, "private key file");
        try {
            return KeyFile.parse(
                    folder.resolve(base).toString(),
                    new String(InputFile.readTrusted(publicFile, "public key file"), StandardCharsets.US_ASCII),
                    secret,
                    now);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
