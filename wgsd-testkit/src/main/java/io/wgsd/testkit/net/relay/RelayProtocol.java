package io.wgsd.testkit.net.relay;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.wireguard.Hearer;
import io.wgsd.testkit.net.wireguard.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of a relay, from its start until it is gone: leads each message to the part that handles it. */
public final class RelayProtocol implements Hearer {

    private static final long SWEEP = Duration.ofSeconds(5).toNanos();

    private final RelayHost host;
    private final Roster roster = new Roster();
    private final OwnSessions own;
    private final Forwarding forwarding;

    /** What outlives a run: where members are, the timestamps of both sides, and the routes. */
    public record Kept(
            Map<PublicKey, Endpoint> sources,
            Map<PublicKey, Long> timestamps,
            long lastTimestamp,
            List<Forwarding.KeptRoute> routes) {

        public static Kept nothing() {
            return new Kept(Map.of(), Map.of(), 0, List.of());
        }
    }

    /** Begins a run. */
    public RelayProtocol(PublicKey identity, RelayHost host, Collection<PublicKey> members, Kept kept) {
        this.host = host;
        own = new OwnSessions(identity, roster, host, this::attached);
        forwarding = new Forwarding(roster, host, own);
        roster.replace(members);
        forwarding.restore(kept.routes());
        own.restore(kept.sources(), kept.timestamps(), kept.lastTimestamp());
        sweepLater();
    }

    public Kept kept() {
        return new Kept(sources(), own.timestamps(), own.lastTimestamp(), forwarding.kept());
    }

    public void replaceMembers(Collection<PublicKey> members) {
        roster.replace(members);
        own.expire();
        forwarding.expire();
    }

    /** Returns where each member is that is attached, in the order of their keys. */
    public Map<PublicKey, Endpoint> sources() {
        Map<PublicKey, Endpoint> sources = new TreeMap<>();
        for (Member member : roster.all()) {
            if (member.source != null) {
                sources.put(member.key, member.source);
            }
        }
        return sources;
    }

    public void receive(Message message, Endpoint from) {
        if (!own.receive(message, from)) {
            forwarding.receive(message, from);
        }
    }

    @Override
    public boolean opens(int index, long session) {
        return own.opens(index, session);
    }

    /** Returns who would hear data from a source with an index; null if nobody would. */
    @Nullable
    public Hearer hearer(Endpoint source, int index) {
        Member to = forwarding.target(source, index);
        if (to == null) {
            return this;
        }
        return to.source == null ? null : host.hearer(to.source, index);
    }

    private void attached(Member member) {
        forwarding.attached(member);
    }

    private void sweepLater() {
        host.after(SWEEP, () -> {
            own.expire();
            forwarding.expire();
            sweepLater();
        });
    }
}
