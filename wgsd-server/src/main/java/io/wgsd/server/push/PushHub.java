package io.wgsd.server.push;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.transport.Asker;
import io.wgsd.server.transport.Outlet;
import io.wgsd.server.transport.StreamHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.xbill.DNS.Name;

/**
 * All sessions of subscribers, and who of them is to be told of what (RFC 8490, RFC 8765).
 *
 * <p>What has changed is found out once for all who see the same, and written once. Used on the thread that serves streams
 * only.
 */
public final class PushHub {

    /** What a registry of ten thousand peers needs, each of which has subscribed to a hundred others. */
    private static final int MOST_SESSIONS = 20_000;

    private static final int MOST_SUBSCRIPTIONS = 2_000_000;

    private final Name origin;
    private final Function<Asker, Optional<Zone>> views;
    private final Set<PushSession> sessions = new HashSet<>();
    private final Map<Name, Followers> index = new HashMap<>();
    private int subscriptions;

    /** Who follows a name; the name is one object for all of them. */
    record Followers(Name name, Set<PushSession> sessions) {}

    private record Step(Zone earlier, Zone later) {}

    /**
     * Makes a hub.
     *
     * @param origin the zone's name
     * @param views what an asker sees of the zone; empty where it may not subscribe. Safe to be called on the streams' thread
     */
    public PushHub(Name origin, Function<Asker, Optional<Zone>> views) {
        this.origin = origin;
        this.views = views;
    }

    /**
     * Begins a stream.
     *
     * @param asker where it comes from
     * @param outlet where news go
     * @param others who answers what is no stateful operation
     * @return who answers its messages
     */
    public StreamHandler open(Asker asker, Outlet outlet, StreamHandler others) {
        return new PushSession(this, asker, outlet, others);
    }

    /** Tells everybody what is new, since the zone is another one now, or who may see it. */
    public void update() {
        Map<Step, List<PushSession>> steps = new HashMap<>();
        for (PushSession session : List.copyOf(sessions)) {
            Zone seen = session.seen();
            Zone now = views.apply(session.asker()).orElse(null);
            if (now == null) {
                session.end();
            } else if (seen != null && seen != now) {
                steps.computeIfAbsent(new Step(seen, now), step -> new ArrayList<>())
                        .add(session);
            }
        }
        steps.forEach((step, who) -> tell(ZoneChanges.between(step.earlier(), step.later()), step.later(), who));
    }

    private void tell(ZoneChanges changes, Zone now, List<PushSession> who) {
        Set<PushSession> concerned = new HashSet<>(who);
        for (Name name : changes.names()) {
            Followers followers = index.get(name);
            if (followers != null) {
                List.copyOf(followers.sessions()).stream()
                        .filter(concerned::contains)
                        .forEach(session -> session.tell(name, changes));
            }
        }
        who.forEach(session -> session.sees(now));
    }

    Name origin() {
        return origin;
    }

    Optional<Zone> view(Asker asker) {
        return views.apply(asker);
    }

    /** Takes a session on; false where there are too many. */
    boolean establish(PushSession session) {
        return sessions.size() < MOST_SESSIONS && sessions.add(session);
    }

    /** Has a session follow a name, and returns the name's one object; empty where there are too many subscriptions. */
    Optional<Name> follow(PushSession session, Name name) {
        if (subscriptions >= MOST_SUBSCRIPTIONS) {
            return Optional.empty();
        }
        subscriptions++;
        Followers followers = index.computeIfAbsent(name, each -> new Followers(each, new HashSet<>()));
        followers.sessions().add(session);
        return Optional.of(followers.name());
    }

    /** Ends a subscription, and with the session's last one to this name its following. */
    void unfollow(PushSession session, Name name, boolean last) {
        subscriptions--;
        Followers followers = index.get(name);
        if (last && followers != null) {
            followers.sessions().remove(session);
            if (followers.sessions().isEmpty()) {
                index.remove(name);
            }
        }
    }

    void remove(PushSession session) {
        sessions.remove(session);
    }
}
