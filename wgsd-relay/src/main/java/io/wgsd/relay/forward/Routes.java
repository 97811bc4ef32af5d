package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All routes: found by any thread by member and index, written by one, which also finds them by index alone. */
final class Routes {

    private final Table<Route> table;
    private long revision;
    private final Map<Integer, List<Route>> byIndex = new HashMap<>();
    private final Set<Route> byAge = new LinkedHashSet<>();

    Routes(long seed) {
        table = new Table<>(seed);
    }

    /** Returns the live route of what a member sends with an index, or null. */
    @Nullable
    Route find(Member from, int index, long now) {
        Route route = table.get(from.number(), index, 0);
        return route == null || route.expired(now) ? null : route;
    }

    /** Returns the live routes that have an index, whose ever it is. */
    List<Route> find(int index, long now) {
        return byIndex.getOrDefault(index, List.of()).stream()
                .filter(route -> !route.expired(now))
                .toList();
    }

    void add(Route route) {
        revision++;
        table.put(route.from().number(), route.index(), 0, route);
        byIndex.computeIfAbsent(route.index(), index -> new ArrayList<>(1)).add(route);
        byAge.add(route);
    }

    void remove(Route route) {
        byAge.remove(route);
        if (table.get(route.from().number(), route.index(), 0) == route) {
            table.remove(route.from().number(), route.index(), 0);
        }
        List<Route> same = byIndex.get(route.index());
        if (same != null) {
            same.remove(route);
            if (same.isEmpty()) {
                byIndex.remove(route.index());
            }
        }
    }

    /** Returns the oldest route if it has expired. */
    @Nullable
    Route expired(long now) {
        for (Route oldest : byAge) {
            return oldest.expired(now) ? oldest : null;
        }
        return null;
    }

    List<Route> matching(Predicate<Route> condition) {
        return byAge.stream().filter(condition).toList();
    }

    long revision() {
        return revision;
    }

    int size() {
        return table.size();
    }
}
