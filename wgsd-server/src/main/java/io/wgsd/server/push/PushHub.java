package io.wgsd.server.push;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.push.Subscription;
import io.wgsd.members.MembersZone;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.StreamHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * All sessions of subscribers, and which of them get which changes (RFC 8490, RFC 8765).
 *
 * <p>What has changed is found out once for all who see the same, and written once. Used on the thread that serves
 * streams only.
 */
public final class PushHub {

    /** A place in the session's map and in the topic's set. */
    static final int SUBSCRIPTION_MEMORY = 144;
    /** A topic with its set, its place in the index, and a name without its bytes. */
    private static final int TOPIC_MEMORY = 320;

    private final Name origin;
    private final Name members;
    private final Subscribable subscribable;
    private final Function<QuerySource, Optional<Zone>> views;
    private final Function<QuerySource, Optional<SOARecord>> authorities;
    private final Set<PushSession> sessions = new HashSet<>();
    private final Map<Subscription, Topic> index = new HashMap<>();

    private record Step(Zone earlier, Zone later) {}

    /**
     * Makes a hub.
     *
     * @param names the zone's names
     * @param views what a client sees of the zone; empty where it may not subscribe. Safe to be called on the streams'
     *     thread
     * @param authorities the start of authority that a client sees of the members' zone, which is all that is told of
     *     that; empty where it sees none. Safe to be called as the views are
     */
    public PushHub(
            DnsSdNames names,
            Function<QuerySource, Optional<Zone>> views,
            Function<QuerySource, Optional<SOARecord>> authorities) {
        origin = names.origin();
        members = MembersZone.names(names).origin();
        this.authorities = authorities;
        subscribable = new Subscribable(names);
        this.views = views;
    }

    /**
     * Begins a stream.
     *
     * @param source where it comes from
     * @param channel where news go
     * @param others answers what is no stateful operation
     * @return the handler of its messages
     */
    public StreamHandler open(QuerySource source, PushChannel channel, StreamHandler others) {
        return new PushSession(this, source, channel, others);
    }

    /** Sends everybody what is new, because the zone has changed, or what clients may see. */
    public void update() {
        Map<Step, List<PushSession>> steps = new HashMap<>();
        for (PushSession session : List.copyOf(sessions)) {
            Zone seen = session.seen();
            Zone now = views.apply(session.source()).orElse(null);
            if (now == null) {
                session.end();
            } else if (seen != null && seen != now) {
                steps.computeIfAbsent(new Step(seen, now), step -> new ArrayList<>())
                        .add(session);
            }
        }
        steps.forEach((step, who) -> tell(ZoneChanges.between(step.earlier(), step.later()), step.later(), who));
        for (int dclass : new int[] {DClass.IN, DClass.ANY}) {
            Topic topic = index.get(new Subscription(members, Type.SOA, dclass));
            if (topic != null) {
                List.copyOf(topic.sessions()).forEach(session -> session.tell(session.newsOfMembers()));
            }
        }
    }

    private void tell(ZoneChanges changes, Zone now, List<PushSession> who) {
        Set<PushSession> concerned = new HashSet<>(who);
        for (Subscription each : changes.topics()) {
            Topic topic = index.get(each);
            if (topic != null) {
                List.copyOf(topic.sessions()).stream()
                        .filter(concerned::contains)
                        .forEach(session -> session.tell(changes.messages(topic.subscription())));
            }
        }
        who.forEach(session -> session.sees(now));
    }

    Name origin() {
        return origin;
    }

    Optional<Zone> view(QuerySource source) {
        return views.apply(source);
    }

    /** Returns whether something is the start of authority of the members' zone, by which its changes are known. */
    boolean isOfMembers(Subscription wanted) {
        return wanted.type() == Type.SOA && wanted.name().equals(members);
    }

    Optional<SOARecord> authority(QuerySource source) {
        return authorities.apply(source);
    }

    void establish(PushSession session) {
        sessions.add(session);
    }

    /** Returns whether there can ever be news of a name. */
    boolean canHaveNews(Name name, Zone zone) {
        return subscribable.has(name, zone);
    }

    /**
     * Returns how much memory a subscription takes. A topic that all may want, since the zone has it, is nobody's in
     * particular.
     */
    static int memory(Subscription wanted, Zone zone) {
        boolean everybodys = zone.find(wanted.name())
                .filter(node ->
                        wanted.type() == Type.ANY || !node.rrset(wanted.type()).isEmpty())
                .isPresent();
        return everybodys
                ? SUBSCRIPTION_MEMORY
                : SUBSCRIPTION_MEMORY + TOPIC_MEMORY + wanted.name().length();
    }

    boolean isFollowing(PushSession session, Subscription wanted) {
        Topic topic = index.get(wanted);
        return topic != null && topic.sessions().contains(session);
    }

    /** Lets a session follow a topic. */
    Topic follow(PushSession session, Subscription wanted) {
        Topic topic = index.computeIfAbsent(wanted, Topic::new);
        topic.sessions().add(session);
        return topic;
    }

    void unfollow(PushSession session, Topic topic) {
        topic.sessions().remove(session);
        if (topic.sessions().isEmpty()) {
            index.remove(topic.subscription());
        }
    }

    void remove(PushSession session) {
        sessions.remove(session);
    }
}
