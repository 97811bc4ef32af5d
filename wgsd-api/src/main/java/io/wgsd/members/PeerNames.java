package io.wgsd.members;

import io.wgsd.members.text.MemberNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What people call peers: a host name of one label for each key, so that a zone can have it too. No key has two names,
 * and no name two keys.
 *
 * <p>Immutable and thread-safe.
 */
public final class PeerNames {

    /** How many names there are at most. */
    public static final int MAX_NAMES = 1 << 17;

    private static final PeerNames NONE = new PeerNames(Map.of());

    private final Map<PublicKey, String> names;

    private PeerNames(Map<PublicKey, String> names) {
        this.names = Collections.unmodifiableMap(names);
    }

    /**
     * Returns what is known where nobody gave names.
     *
     * @return no names
     */
    public static PeerNames none() {
        return NONE;
    }

    /**
     * Returns these names.
     *
     * @param names a host name of 1 to 50 characters for each key, in any letter case
     * @return the names in lower case
     * @throws FormatException if one is no host name, reads as an address, or means something else to resolvers, if two
     *     are equal, or if there are more than {@link #MAX_NAMES}
     */
    public static PeerNames of(Map<PublicKey, String> names) {
        Collector collector = new Collector();
        names.forEach(collector::add);
        return collector.names();
    }

    /**
     * Reads names as a file has them: a name and a key on each line, and comments from {@code #} on.
     *
     * @param lines the lines
     * @return the names in lower case
     * @throws FormatException if a line is wrong, as in {@link #of}; its subject is "line", and the number of the line
     */
    public static PeerNames parse(List<String> lines) {
        Collector collector = new Collector();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                try {
                    collector.add(line.split("\\s+", -1));
                } catch (FormatException e) {
                    throw FormatException.withoutText("line " + (i + 1), String.valueOf(e.getMessage()));
                }
            }
        }
        return collector.names();
    }

    /**
     * Returns the names that a network's owner has given its members.
     *
     * @param network the network
     * @return the names of all members that are not disabled
     */
    public static PeerNames of(Network network) {
        Map<PublicKey, String> names = new HashMap<>();
        network.enabled().members().forEach(member -> names.put(member.publicKey(), member.name()));
        return new PeerNames(new TreeMap<>(names));
    }

    /**
     * Returns these names, and those of others as far as neither key nor name is among these.
     *
     * @param others other names
     * @return all of them
     */
    public PeerNames and(PeerNames others) {
        if (others.isEmpty() || isEmpty()) {
            return isEmpty() ? others : this;
        }
        Set<String> taken = new HashSet<>(names.values());
        Map<PublicKey, String> all = new TreeMap<>(names);
        others.names.forEach((key, name) -> {
            if (!taken.contains(name)) {
                all.putIfAbsent(key, name);
            }
        });
        return new PeerNames(all);
    }

    /**
     * Returns whether there are none.
     *
     * @return whether no peer has a name
     */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * Returns a peer's name.
     *
     * @param key the peer's key
     * @return the name in lower case; empty where the peer has none
     */
    public Optional<String> of(PublicKey key) {
        return Optional.ofNullable(names.get(key));
    }

    /**
     * Returns all names.
     *
     * @return the names in lower case, in ascending order of their keys; unmodifiable
     */
    public Map<PublicKey, String> asMap() {
        return names;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerNames that && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** Returns the names and the keys. */
    @Override
    public String toString() {
        return names.toString();
    }

    private static final class Collector {

        private final Map<PublicKey, String> names = new TreeMap<>();
        private final Set<String> taken = new HashSet<>();

        void add(String[] words) {
            if (words.length != 2) {
                throw new FormatException(
                        "line", String.join(" ", words), "must be a name and a key, as in \"alice xScVkH3f…=\"");
            }
            add(PublicKey.parse(words[1]), words[0]);
        }

        void add(PublicKey key, String text) {
            Objects.requireNonNull(key, "key");
            String name = MemberNames.name("name", text);
            if (!taken.add(name)) {
                throw new FormatException("name", text, "is there twice");
            }
            if (names.put(key, name) != null) {
                throw new FormatException("key", key.toString(), "has two names");
            }
            if (names.size() > MAX_NAMES) {
                throw new FormatException("name", text, "is one too many; there may be " + MAX_NAMES);
            }
        }

        PeerNames names() {
            return names.isEmpty() ? NONE : new PeerNames(names);
        }
    }
}
