package io.wgsd.command.names;

import io.wgsd.command.options.UsageException;
import io.wgsd.internal.file.InputFile;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of peers, from a file with a name and a key on each line. A name is a host name, since a zone may have it too.
 * Immutable and thread-safe.
 */
public final class PeerNames {

    private static final PeerNames NONE = new PeerNames(Map.of());

    private static final int LONGEST = 50;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

    /** What hosts look up by themselves, or what the zone has for something else. */
    private static final Set<String> REFUSED = Set.of("localhost", "wpad", "isatap", "members");

    private final Map<PublicKey, String> names;

    private PeerNames(Map<PublicKey, String> names) {
        this.names = Map.copyOf(names);
    }

    /** Returns what is known where nobody gave names. */
    public static PeerNames none() {
        return NONE;
    }

    /**
     * Reads a file.
     *
     * @throws UsageException if a line is wrong; with its number
     * @throws IOException if it cannot be read, or others may change it
     */
    public static PeerNames read(Path file) throws IOException {
        String text = new String(InputFile.readTrusted(file, "file of names"), StandardCharsets.UTF_8);
        return parse(file.toString(), text.lines().toList());
    }

    static PeerNames parse(String file, List<String> lines) {
        Map<PublicKey, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                try {
                    add(line.split("\\s+", -1), names, taken);
                } catch (FormatException e) {
                    throw new UsageException(file + ":" + (i + 1) + ": " + e.getMessage());
                }
            }
        }
        return new PeerNames(names);
    }

    private static void add(String[] words, Map<PublicKey, String> names, Set<String> taken) {
        if (words.length != 2) {
            throw new FormatException(
                    "line", String.join(" ", words), "must be a name and a key, as in \"alice xScVkH3f…=\"");
        }
        String name = words[0].toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new FormatException(
                    "name", words[0], "must be letters, digits and hyphens between them, " + LONGEST + " at most");
        }
        if (REFUSED.contains(name)) {
            throw new FormatException("name", words[0], "has a meaning of its own to hosts; take another");
        }
        if (!taken.add(name)) {
            throw new FormatException("name", words[0], "is there twice");
        }
        if (names.put(PublicKey.parse(words[1]), name) != null) {
            throw new FormatException("key", words[1], "has two names");
        }
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Returns a peer's name, in lower case. */
    public Optional<String> of(PublicKey key) {
        return Optional.ofNullable(names.get(key));
    }

    /** Returns a text with the names of peers before their keys, which follow in parentheses. */
    public String in(String text) {
        return names.isEmpty() ? text : KEY.matcher(text).replaceAll(found -> named(found.group()));
    }

    private String named(String key) {
        try {
            return of(PublicKey.parse(key)).map(name -> name + " (" + key + ")").orElse(key);
        } catch (FormatException e) {
            return key;
        }
    }
}
