package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentStore;
import io.wgsd.internal.file.StateFile;
import io.wgsd.internal.file.UnfitFileException;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps what an agent must not forget in a file of lines, {@code endpoint KEY HOST:PORT}, {@code keepalive KEY},
 * {@code relay KEY} and {@code switched KEY SECONDS}. It holds no secret.
 */
public final class AgentStoreFile implements AgentStore {

    /** More than a device of a hundred thousand peers needs. */
    private static final int MAX_SIZE = 32 * 1024 * 1024;

    private final StateFile file;

    /** Names the file, which need not be there. */
    public AgentStoreFile(Path path) {
        file = new StateFile(path, MAX_SIZE);
    }

    /** Reads the file. One that makes no sense is set aside as a whole: a part of it could be as wrong. */
    @Override
    public Kept load() throws IOException {
        try {
            Optional<byte[]> content = file.read();
            return content.isEmpty() ? Kept.nothing() : parse(new String(content.get(), StandardCharsets.US_ASCII));
        } catch (UnfitFileException e) {
            throw new IOException(e.getMessage() + "; it is now " + file.setAside(), e);
        }
    }

    private Kept parse(String text) throws UnfitFileException {
        Map<PublicKey, Endpoint> endpoints = new HashMap<>();
        Set<PublicKey> keepalives = new HashSet<>();
        Set<PublicKey> relays = new HashSet<>();
        Map<PublicKey, Duration> switched = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String[] words = line.split(" ", -1);
            try {
                if (words.length == 3 && words[0].equals("endpoint")) {
                    endpoints.put(PublicKey.parse(words[1]), Endpoint.parse(words[2]));
                } else if (words.length == 2 && words[0].equals("keepalive")) {
                    keepalives.add(PublicKey.parse(words[1]));
                } else if (words.length == 2 && words[0].equals("relay")) {
                    relays.add(PublicKey.parse(words[1]));
                } else if (words.length == 3 && words[0].equals("switched") && words[2].matches("[0-9]{1,5}")) {
                    switched.put(PublicKey.parse(words[1]), Duration.ofSeconds(Integer.parseInt(words[2])));
                } else {
                    throw new UnfitFileException(
                            "state file " + file + ":" + number + " is no line that an agent writes");
                }
            } catch (FormatException e) {
                throw new UnfitFileException("state file " + file + ":" + number + ": " + e.getMessage());
            }
        }
        return Kept.builder()
                .endpoints(endpoints)
                .lentKeepalives(keepalives)
                .addedRelays(relays)
                .switchedKeepalives(switched)
                .build();
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
        new TreeSet<>(value.addedRelays())
                .forEach(key -> text.append("relay ").append(key.toBase64()).append('\n'));
        new TreeMap<>(value.switchedKeepalives())
                .forEach((key, interval) -> text.append("switched ")
                        .append(key.toBase64())
                        .append(' ')
                        .append(interval.toSeconds())
                        .append('\n'));
        file.write(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
