package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Roster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What members and pairs take of the tables, and the routes, which are counted there. Not thread-safe. */
final class Accounts {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Roster roster;
    private final Routes routes;
    private final Map<Member, Account> accounts = new HashMap<>();
    private long swept;

    Accounts(Roster roster, Routes routes) {
        this.roster = roster;
        this.routes = routes;
    }

    Account of(Member member) {
        return accounts.computeIfAbsent(member, each -> new Account());
    }

    Pair pair(Member from, Member to) {
        return of(from).pairs.computeIfAbsent(to, each -> new Pair(from, to));
    }

    /** Returns a pair that had to do with each other, or null. */
    @Nullable
    Pair known(Member from, Member to) {
        Account account = accounts.get(from);
        return account == null ? null : account.pairs.get(to);
    }

    int pairs() {
        return accounts.values().stream()
                .mapToInt(account -> account.pairs.size())
                .sum();
    }

    /** Returns whether an index leads nowhere yet, or to the same member, and there is room for it. */
    boolean mayAdd(Pair pair, int index, long now) {
        Route live = routes.find(pair.from, index, now);
        return live == null ? of(pair.from).routes < Limits.ROUTES_OF_MEMBER : live.to() == pair.to;
    }

    void add(Pair pair, int index, long now, long expires) {
        if (routes.find(pair.from, index, now) != null) {
            // A repeated response gains no time.
            return;
        }
        Route surplus = pair.surplus();
        if (surplus != null) {
            remove(surplus);
        }
        Route route = new Route(pair.from, index, pair.to, expires);
        routes.add(route);
        pair.routes.add(route);
        of(pair.from).routes++;
    }

    /** Forgets expired routes at once, and from time to time those who have nothing to do with each other any more. */
    void sweep(long now) {
        for (Route old = routes.expired(now); old != null; old = routes.expired(now)) {
            remove(old);
        }
        if (now - swept >= Limits.IDLE_PAIR) {
            swept = now;
            accounts.values().forEach(account -> account.pairs.values().removeIf(pair -> pair.idle(now)));
            accounts.entrySet()
                    .removeIf(each ->
                            each.getValue().pairs.isEmpty() && each.getValue().held == 0 && !roster.has(each.getKey()));
        }
    }

    /** Removes the routes of those who are members no more, or may not reach each other any more. */
    void removeUnconnected() {
        routes.matching(route ->
                        !roster.has(route.from()) || !roster.has(route.to()) || !connected(route.from(), route.to()))
                .forEach(this::remove);
    }

    void restore(List<KeptRoute> kept, long clock, long now) {
        for (KeptRoute each : kept) {
            Member from = roster.member(each.from());
            Member to = roster.member(each.to());
            long seconds = Math.min(each.expires() - clock, Limits.ROUTE / NANOS_PER_SECOND);
            if (from == null || to == null || !connected(from, to) || seconds <= 0) {
                continue;
            }
            Pair pair = pair(from, to);
            if (mayAdd(pair, each.index(), now)) {
                add(pair, each.index(), now, now + seconds * NANOS_PER_SECOND);
            }
        }
    }

    List<KeptRoute> kept(long clock, long now) {
        return routes.matching(route -> !route.expired(now)).stream()
                .map(route -> new KeptRoute(
                        route.from().key(),
                        route.index(),
                        route.to().key(),
                        clock + (route.expires() - now) / NANOS_PER_SECOND))
                .toList();
    }

    private void remove(Route route) {
        routes.remove(route);
        Account account = of(route.from());
        Pair pair = account.pairs.get(route.to());
        if (pair != null && pair.routes.remove(route)) {
            account.routes--;
        }
    }

    /** Returns whether one of the two may begin: a session is of both. */
    private boolean connected(Member one, Member other) {
        return roster.mayReach(one, other) || roster.mayReach(other, one);
    }
}
