package io.wgsd.relay.forward;

import io.wgsd.relay.roster.Member;
import io.wgsd.relay.roster.Outlet;
import io.wgsd.relay.roster.Roster;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.tally.Outcome;
import io.wgsd.relay.tally.Tally;
import io.wgsd.relay.wire.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries handshakes between members, and learns from them which way their data take.
 *
 * <p>An initiation shows by mac1 for whom it is, and by its source from whom, which anybody can write; so it only
 * makes a pending entry. A response from the member for whom it was, with its index and the initiator's mac1,
 * confirms it: a WireGuard responds to nothing that is not authentic and new. From then on there are two routes, of
 * the sender and the receiver's index, until the session must have ended. No entry takes the place of a live one of
 * another pair.
 *
 * <p>Where two initiations meet on their way, one in each direction, each WireGuard forgets its own handshake for the
 * other's, and both wait for five seconds. So the second one is held back for as long as the first may still be
 * answered: it is dropped if that happens, since then there is a session, and sent if not, since the first may have
 * found nobody.
 *
 * <p>All tables are bounded for each member and each pair. {@link #find} is for any thread, all else for one. Times
 * are nanoseconds since the relay's start.
 */
public final class Forwarding {

    private final Roster roster;
    private final Outlet outlet;
    private final Tally tally;
    private final Routes routes;
    private final Challenges challenges;
    private final Pending.Table pendings = new Pending.Table();
    private final Held held = new Held();
    private final Accounts accounts;

    /**
     * Makes an empty table.
     *
     * @param roster the members
     * @param outlet where messages leave
     * @param challenger asks whether a member is at another source
     * @param tally where packets are counted that were held back; what becomes of others is returned
     * @param seed a random number
     */
    public Forwarding(Roster roster, Outlet outlet, Challenger challenger, Tally tally, long seed) {
        this.tally = tally;
        this.roster = roster;
        this.outlet = outlet;
        routes = new Routes(seed);
        accounts = new Accounts(roster, routes);
        challenges = new Challenges(challenger, seed);
    }

    /**
     * Returns the way of what a member sends with an index.
     *
     * @param from the member
     * @param index the receiver's index
     * @param now the time
     * @return the route, or null where none is live
     */
    public @Nullable Route find(Member from, int index, long now) {
        return routes.find(from, index, now);
    }

    /**
     * Carries a message that is not for the relay itself.
     *
     * @param message a handshake's message, or data from a source that is not known
     * @param source where it came from
     * @param now the time
     * @return what became of it
     */
    public Outcome receive(byte[] message, Source source, long now) {
        Member from = roster.at(source);
        if (from == null) {
            return fromUnknown(message, source, now);
        }
        return switch (Messages.type(message)) {
            case Messages.INITIATION -> initiation(message, from, now);
            case Messages.RESPONSE -> response(message, from, now);
            case Messages.COOKIE_REPLY -> cookieReply(message, from, now);
            default -> Outcome.UNKNOWN_TARGET;
        };
    }

    /**
     * Sends what waited for a member.
     *
     * @param member a member that is attached now
     * @param now the time
     */
    public void attached(Member member, long now) {
        send(held.take(message -> message.to() == member && message.due() == Held.NEVER), now);
    }

    /**
     * Forgets what has expired.
     *
     * @param now the time
     */
    public void tick(long now) {
        for (Pending old = pendings.pollExpired(now); old != null; old = pendings.pollExpired(now)) {
            accounts.of(old.initiator()).pending--;
            accounts.pair(old.initiator(), old.responder()).pending--;
        }
        send(held.take(message -> now >= message.due() || now >= message.expires()), now);
        accounts.sweep(now);
    }

    /** Removes the routes of those who are members no more, or may not reach each other any more. */
    public void membersReplaced() {
        accounts.removeUnconnected();
    }

    /**
     * Takes the routes that were kept before the relay was started; those of former members are left out.
     *
     * @param kept what was kept
     * @param clock the time in seconds since 1970
     * @param now the time
     */
    public void restore(List<KeptRoute> kept, long clock, long now) {
        accounts.restore(kept, clock, now);
    }

    /**
     * Returns the routes that are to be kept.
     *
     * @param clock the time in seconds since 1970
     * @param now the time
     * @return the live routes, the oldest first
     */
    public List<KeptRoute> kept(long clock, long now) {
        return accounts.kept(clock, now);
    }

    /**
     * Returns a number that grows with each new route.
     *
     * @return the number
     */
    public long revision() {
        return routes.revision();
    }

    /**
     * Returns how many routes there are.
     *
     * @return two for each session, or so
     */
    public int routes() {
        return routes.size();
    }

    /**
     * Returns how many other entries there are: initiations that were sent on and not answered in time yet, those
     * that wait, and pairs.
     *
     * @return all of them
     */
    public int entries() {
        return pendings.size() + held.size() + accounts.pairs();
    }

    int held() {
        return held.size();
    }

    private Outcome initiation(byte[] message, Member from, long now) {
        Account account = accounts.of(from);
        if (!account.search.take(now)) {
            return Outcome.OVER_LIMIT;
        }
        Member to = search(message, from, account, now);
        if (to == null) {
            return Outcome.UNKNOWN_TARGET;
        }
        if (!account.pairs.containsKey(to) && account.pairs.size() >= Limits.PAIRS_OF_MEMBER) {
            return Outcome.OVER_LIMIT;
        }
        Pair pair = accounts.pair(from, to);
        if (!pair.initiations.take(now)) {
            return Outcome.OVER_LIMIT;
        }
        Pair back = accounts.known(to, from);
        if (back != null && now < back.mayMeetUntil()) {
            return hold(message, pair, back.mayMeetUntil(), now);
        }
        return to.source() == null ? hold(message, pair, Held.NEVER, now) : forward(message, pair, now);
    }

    /** Looks among those first with whom the member has to do already. */
    private @Nullable Member search(byte[] message, Member from, Account account, long now) {
        int computed = 0;
        Member found = null;
        for (Member known : account.pairs.keySet()) {
            computed++;
            if (known.mac1().fits(message)) {
                found = known;
                break;
            }
        }
        if (found == null) {
            for (Member each : roster.all()) {
                computed++;
                if (each.mac1().fits(message)) {
                    found = each;
                    break;
                }
            }
        }
        account.search.charge(now, computed);
        return found != null && roster.has(found) && roster.mayReach(from, found) ? found : null;
    }

    private Outcome hold(byte[] message, Pair pair, long due, long now) {
        Account account = accounts.of(pair.from);
        if (account.held >= Limits.HELD_OF_MEMBER) {
            return Outcome.OVER_LIMIT;
        }
        account.held++;
        for (Held.Message gone : held.add(new Held.Message(message, pair, due, now + Limits.HELD), now)) {
            accounts.of(gone.from()).held--;
        }
        return Outcome.DELAYED;
    }

    /** Sends what has waited, except what has waited for too long. */
    private void send(List<Held.Message> waited, long now) {
        for (Held.Message each : waited) {
            accounts.of(each.from()).held--;
            if (now < each.expires() && roster.has(each.from()) && roster.has(each.to())) {
                forward(each.message(), accounts.pair(each.from(), each.to()), now);
            }
        }
    }

    private Outcome forward(byte[] message, Pair pair, long now) {
        int index = Messages.sender(message);
        Route live = routes.find(pair.to, index, now);
        Account account = accounts.of(pair.from);
        Source source = pair.to.source();
        if (source == null) {
            return Outcome.UNREACHABLE;
        }
        if ((live != null && live.to() != pair.from) || account.pending >= Limits.PENDING_OF_MEMBER) {
            return Outcome.OVER_LIMIT;
        }
        if (pendings.add(new Pending(pair.from, pair.to, index, now + Limits.PENDING))) {
            account.pending++;
            pair.pending++;
        }
        pair.lastInitiation = now;
        pair.awaited = true;
        outlet.send(message, source);
        return Outcome.FORWARDED_HANDSHAKE;
    }

    private Outcome response(byte[] message, Member from, long now) {
        int index = Messages.receiver(message);
        for (Pending pending : pendings.find(index)) {
            Member initiator = pending.initiator();
            if (pending.responder() == from && initiator.mac1().fits(message)) {
                Source source = initiator.source();
                if (source == null) {
                    return Outcome.UNREACHABLE;
                }
                if (!confirm(pending, Messages.sender(message), now)) {
                    return Outcome.OVER_LIMIT;
                }
                outlet.send(message, source);
                return Outcome.FORWARDED_HANDSHAKE;
            }
        }
        return Outcome.UNKNOWN_TARGET;
    }

    private boolean confirm(Pending pending, int respondersIndex, long now) {
        Pair there = accounts.pair(pending.initiator(), pending.responder());
        Pair back = accounts.pair(pending.responder(), pending.initiator());
        if (!accounts.mayAdd(there, respondersIndex, now) || !accounts.mayAdd(back, pending.index(), now)) {
            return false;
        }
        accounts.add(there, respondersIndex, now, now + Limits.ROUTE);
        accounts.add(back, pending.index(), now, now + Limits.ROUTE);
        there.awaited = false;
        held.take(message -> message.isOf(back.from, back.to)).forEach(met -> {
            accounts.of(back.from).held--;
            tally.count(Outcome.CROSSED);
        });
        return true;
    }

    /** A cookie goes back to the sender of the initiation, or of the response, that it is for. */
    private Outcome cookieReply(byte[] message, Member from, long now) {
        int index = Messages.receiver(message);
        Route route = routes.find(from, index, now);
        Member to = route != null ? route.to() : null;
        for (Pending pending : pendings.find(index)) {
            to = to == null && pending.responder() == from ? pending.initiator() : to;
        }
        if (to == null) {
            return Outcome.UNKNOWN_TARGET;
        }
        Source source = to.source();
        if (source == null) {
            return Outcome.UNREACHABLE;
        }
        outlet.send(message, source);
        return Outcome.FORWARDED_HANDSHAKE;
    }

    /**
     * A member may have got another source, and its data continue meanwhile, some of them; or somebody has seen its
     * index.
     */
    private Outcome fromUnknown(byte[] message, Source source, long now) {
        challenges.credit(source, message.length);
        int index = Messages.receiver(message);
        Outcome outcome = Outcome.UNKNOWN_SOURCE;
        switch (Messages.type(message)) {
            case Messages.RESPONSE -> {
                for (Pending pending : pendings.find(index)) {
                    challenges.ask(pending.responder(), source, now);
                }
            }
            case Messages.DATA -> {
                for (Route route : routes.find(index, now)) {
                    challenges.ask(route.from(), source, now);
                    Source to = route.to().source();
                    if (to != null && accounts.of(route.from()).roaming.take(now)) {
                        outlet.send(message, to);
                        outcome = Outcome.FORWARDED;
                    }
                }
            }
            default -> {}
        }
        return outcome;
    }
}
