package io.wgsd.members;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The peers that were made on a device because they are members, each with the prefixes that it was given: what may be
 * narrowed and removed again, and nothing else may.
 *
 * <p>Immutable and thread-safe.
 */
public final class MadePeers {

    private static final MadePeers NONE = new MadePeers(new TreeMap<>());
    private static final int MAX_PEERS = 2 * Network.MAX_MEMBERS;

    private final NavigableMap<PublicKey, NavigableSet<IpPrefix>> peers;

    private MadePeers(NavigableMap<PublicKey, NavigableSet<IpPrefix>> peers) {
        this.peers = peers;
    }

    /**
     * Returns that nothing was made yet.
     *
     * @return a value without peers
     */
    public static MadePeers none() {
        return NONE;
    }

    /**
     * Returns the same with a peer more, or with more prefixes of one.
     *
     * @param peer the peer's key
     * @param prefixes what it was given
     * @return a new value
     */
    public MadePeers with(PublicKey peer, Collection<IpPrefix> prefixes) {
        NavigableMap<PublicKey, NavigableSet<IpPrefix>> copy = new TreeMap<>(peers);
        NavigableSet<IpPrefix> all = new TreeSet<>(prefixes(peer));
        all.addAll(prefixes);
        copy.put(peer, all);
        return new MadePeers(copy);
    }

    /**
     * Returns what either value has: what is to be noted before a change, which may be carried out in part.
     *
     * @param other another value
     * @return a new value
     */
    public MadePeers union(MadePeers other) {
        NavigableMap<PublicKey, NavigableSet<IpPrefix>> copy = new TreeMap<>(peers);
        other.peers.forEach((peer, prefixes) -> copy.merge(peer, prefixes, (some, more) -> {
            if (some.equals(more)) {
                return some;
            }
            NavigableSet<IpPrefix> all = new TreeSet<>(some);
            all.addAll(more);
            return all;
        }));
        return new MadePeers(copy);
    }

    static MadePeers of(NavigableMap<PublicKey, NavigableSet<IpPrefix>> peers) {
        return new MadePeers(peers);
    }

    /**
     * Returns the peers that were made.
     *
     * @return their keys in ascending order; unmodifiable
     */
    public Set<PublicKey> peers() {
        return Collections.unmodifiableSet(peers.keySet());
    }

    /**
     * Returns whether a peer was made.
     *
     * @param peer the peer's key
     * @return whether it is one of {@link #peers()}
     */
    public boolean contains(PublicKey peer) {
        return peers.containsKey(peer);
    }

    /**
     * Returns what a peer was given.
     *
     * @param peer the peer's key
     * @return the prefixes in ascending order; none where it was not made; unmodifiable
     */
    public NavigableSet<IpPrefix> prefixes(PublicKey peer) {
        NavigableSet<IpPrefix> prefixes = peers.get(peer);
        return prefixes == null ? Collections.emptyNavigableSet() : Collections.unmodifiableNavigableSet(prefixes);
    }

    /**
     * Returns the value as text, one peer a line: its key, a blank, and its prefixes with commas between them.
     *
     * @return the lines in ascending order of the keys, each ending in a line feed
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        peers.forEach((peer, prefixes) -> text.append(peer)
                .append(' ')
                .append(prefixes.stream().map(IpPrefix::toString).collect(Collectors.joining(",")))
                .append('\n'));
        return text.toString();
    }

    /**
     * Reads what {@link #text()} wrote.
     *
     * @param text the text
     * @return the value
     * @throws FormatException if a line cannot be read, or a peer is there twice
     */
    public static MadePeers parse(String text) {
        NavigableMap<PublicKey, NavigableSet<IpPrefix>> peers = new TreeMap<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            String[] words = line.split(" ", -1);
            if (words.length != 2 || peers.size() >= MAX_PEERS) {
                throw new FormatException("made peer", line, "must be a key, a blank, and prefixes");
            }
            NavigableSet<IpPrefix> prefixes = new TreeSet<>();
            for (String prefix : words[1].isEmpty() ? new String[0] : words[1].split(",", -1)) {
                prefixes.add(IpPrefix.parse(prefix));
            }
            if (peers.put(PublicKey.parse(words[0]), prefixes) != null) {
                throw new FormatException("made peer", line, "is there twice");
            }
        }
        return new MadePeers(peers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MadePeers that && peers.equals(that.peers);
    }

    @Override
    public int hashCode() {
        return peers.hashCode();
    }

    /** Returns {@link #text()} in one line. */
    @Override
    public String toString() {
        return "MadePeers" + peers;
    }
}
