package io.wgsd.command.options;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SerialFile;
import io.wgsd.internal.file.InputFile;
import io.wgsd.internal.file.StateFile;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.RelayStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a relay is, and where it keeps its key and the rest.
 *
 * @param names the names of the zone that announces it, after which its files are named
 * @param endpoints where it listens and is announced, all with the same port
 * @param folder where its files are
 * @param tls where it also takes packets over TLS; empty where it does not
 */
public record RelaySettings(DnsSdNames names, List<Endpoint> endpoints, Path folder, Optional<TlsOption.Settings> tls) {

    private static final int KEY_FILE_SIZE = 64;

    /** Copies the list. */
    public RelaySettings {
        endpoints = List.copyOf(endpoints);
    }

    /** Returns what tells this relay from others of the same zone. */
    List<Object> identity() {
        return List.of(endpoints, folder, tls);
    }

    /**
     * Returns the relay's private key. It is made when there is none, in a file for its owner alone.
     *
     * @throws IOException if the file cannot be read or written, or others may know it; in one line
     */
    public SecretKey key() throws IOException {
        Path file = file("relay.key");
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            SecretKey made = SecretKey.generatePrivate();
            byte[] text = made.toBase64();
            byte[] line = Arrays.copyOf(text, text.length + 1);
            line[text.length] = '\n';
            try {
                new StateFile(file, KEY_FILE_SIZE).write(line);
            } finally {
                Arrays.fill(text, (byte) 0);
                Arrays.fill(line, (byte) 0);
            }
            return made;
        }
        byte[] content = InputFile.readSecret(file, "relay key");
        int end = content.length;
        while (end > 0 && Character.isWhitespace(content[end - 1])) {
            end--;
        }
        byte[] text = Arrays.copyOf(content, end);
        try {
            return SecretKey.parseBase64(text);
        } catch (FormatException e) {
            throw new IOException("relay key " + file + " is no private key as wg genkey prints it; put the right one"
                    + " there, or remove it, and give members the new key of the relay");
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Returns where the relay keeps what it has to know at its next start. */
    public RelayStore store() {
        return RelayStore.inFile(file("relay.state"));
    }

    /** Returns where the relay keeps the members that it learned last. */
    public Path membersFile() {
        return file("relay.members");
    }

    /** Returns where a certificate for TLS is that was made here, and its key. */
    public List<Path> tlsFiles() {
        return List.of(file("tls.crt"), file("tls.key"));
    }

    /** Returns where the serial of the zone is kept that the relay itself serves. */
    public SerialFile serials() {
        return SerialFile.in(folder.resolve("relay"), names);
    }

    private Path file(String ending) {
        String name = names.origin().toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return folder.resolve(name + ending);
    }
}
