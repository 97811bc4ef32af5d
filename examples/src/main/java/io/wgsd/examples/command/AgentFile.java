package io.wgsd.examples.command;

import io.wgsd.discovery.AgentStore;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps what an agent must not forget in a file of lines, {@code endpoint KEY HOST:PORT} and {@code keepalive KEY}; it holds
 * no secret.
 */
final class AgentFile implements AgentStore {

    private final Path folder;
    private final Path file;

    AgentFile(Path folder, String device) {
        this.folder = folder;
        file = folder.resolve(device + ".agent");
    }

    @Override
    public Kept load() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return Kept.nothing();
        }
        Map<PublicKey, Endpoint> endpoints = new HashMap<>();
        Set<PublicKey> keepalives = new HashSet<>();
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            try {
                if (words.length == 3 && words[0].equals("endpoint")) {
                    endpoints.put(PublicKey.parse(words[1]), Endpoint.parse(words[2]));
                } else if (words.length == 2 && words[0].equals("keepalive")) {
                    keepalives.add(PublicKey.parse(words[1]));
                } else {
                    throw new IOException("state file " + file
                            + " has a line that is neither an endpoint nor a keepalive;" + " remove it");
                }
            } catch (FormatException e) {
                throw new IOException("state file " + file + ": " + e.getMessage(), e);
            }
        }
        return new Kept(endpoints, keepalives);
    }

    /** Replaces the file as a whole, and waits for the disk, so that a crash leaves the old one or the new one. */
    @Override
    public void save(Kept value) throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(value.endpoints())
                .forEach((key, endpoint) -> text.append("endpoint ")
                        .append(key.toBase64())
                        .append(' ')
                        .append(endpoint)
                        .append('\n'));
        new TreeSet<>(value.lentKeepalives())
                .forEach(key -> text.append("keepalive ").append(key.toBase64()).append('\n'));
        Files.createDirectories(folder);
        Path fresh = folder.resolve(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
