package io.wgsd.relay.carrier;

import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may have one of the places for connections: each network a few, all together not more than there are. Not
 * thread-safe.
 *
 * <p>Those whom the destination has responded to are members, and keep their places. Where there is none left, the
 * oldest of the others gives way, of the network that has most of them.
 *
 * @param <C> a connection
 */
final class Places<C> {

    private final int places;
    private final int perNetwork;
    private final BitSet taken = new BitSet();
    private final Map<C, Place> all = new HashMap<>();
    private final Map<Long, Set<C>> strangers = new HashMap<>();
    private final Map<Long, Integer> counts = new HashMap<>();

    /** A place: its number, and the network of who has it. */
    private record Place(int number, long network) {}

    /**
     * Makes places that are all free.
     *
     * @param places how many there are
     * @param perNetwork how many of them one network may have
     */
    Places(int places, int perNetwork) {
        this.places = places;
        this.perNetwork = perNetwork;
    }

    /** Returns whether a network may have one more place, if there is one. */
    boolean mayHaveMore(long network) {
        return counts.getOrDefault(network, 0) < perNetwork;
    }

    /** Returns who has to give way so that a place is free; empty where one is, or where nobody has to. */
    Optional<C> yielding() {
        return isFull()
                ? strangers.values().stream()
                        .max(Comparator.comparingInt(Set::size))
                        .flatMap(most -> most.stream().findFirst())
                : Optional.empty();
    }

    /** Returns whether no place is free. */
    boolean isFull() {
        return all.size() >= places;
    }

    /**
     * Takes the free place of the lowest number; there must be one.
     *
     * @return its number, from 0
     */
    int take(C connection, long network) {
        int number = taken.nextClearBit(0);
        taken.set(number);
        all.put(connection, new Place(number, network));
        counts.merge(network, 1, Integer::sum);
        strangers.computeIfAbsent(network, each -> new LinkedHashSet<>()).add(connection);
        return number;
    }

    /** Notes that a connection is a member's. */
    void proven(C connection) {
        Place place = all.get(connection);
        if (place != null) {
            removeStranger(connection, place.network);
        }
    }

    /** Gives a place back, and returns whether the connection had one. */
    boolean free(C connection) {
        Place place = all.remove(connection);
        if (place == null) {
            return false;
        }
        taken.clear(place.number);
        if (counts.merge(place.network, -1, Integer::sum) == 0) {
            counts.remove(place.network);
        }
        removeStranger(connection, place.network);
        return true;
    }

    /** Returns all connections that have a place. */
    Collection<C> all() {
        return Set.copyOf(all.keySet());
    }

    private void removeStranger(C connection, long network) {
        Set<C> some = strangers.getOrDefault(network, Set.of());
        if (some.contains(connection) && some.remove(connection) && some.isEmpty()) {
            strangers.remove(network);
        }
    }
}
