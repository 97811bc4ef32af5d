package io.wgsd.server;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.ServedMembers;
import io.wgsd.server.answer.access.Access;
import io.wgsd.server.answer.access.Grant;
import io.wgsd.server.push.PushHub;
import io.wgsd.server.transport.PushChannel;
import io.wgsd.server.transport.QuerySource;
import io.wgsd.server.transport.StreamHandler;
import io.wgsd.server.zone.Freshness;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SOARecord;

/** Who may subscribe to changes, and when subscribers are brought up to date. Thread-safe. */
final class PushGate {

    private final Current current;
    private final PushHub hub;
    /** Whether an update is on its way already, which then has what comes in between too. */
    private final AtomicBoolean updating = new AtomicBoolean();
    /** The thread that serves streams; null where nothing listens. */
    private volatile @Nullable Executor streams;

    private volatile Freshness shownFreshness = Freshness.FRESH;

    PushGate(DnsSdNames names, Current current) {
        this.current = current;
        hub = new PushHub(names, this::visible, this::members);
    }

    void updateOn(Executor thread) {
        streams = thread;
    }

    /** Begins a stream, on the thread that serves streams. */
    StreamHandler open(QuerySource source, PushChannel channel, StreamHandler others) {
        return hub.open(source, channel, others);
    }

    /** Returns what a client may subscribe to: peers, and this host, all that they see. */
    private Optional<Zone> visible(QuerySource source) {
        Snapshot now = current.snapshot();
        if (now == null || current.freshness() == Freshness.EXPIRED) {
            return Optional.empty();
        }
        Grant grant = Current.grant(now, source);
        return grant.known() && grant.access().compareTo(Access.EVERYTHING) >= 0
                ? Optional.of(now.views().of(grant).zone())
                : Optional.empty();
    }

    private Optional<SOARecord> members(QuerySource source) {
        ServedMembers members = current.members();
        return members == null ? Optional.empty() : members.soa(Current.grant(current.snapshot(), source));
    }

    /** Brings subscribers up to date with what is served, or ends their sessions where nothing is to be relied on. */
    void update() {
        Executor thread = streams;
        if (thread != null && updating.compareAndSet(false, true)) {
            thread.execute(() -> {
                updating.set(false);
                hub.update();
            });
        }
    }

    /**
     * The same, where what is served has become stale or fresh since the call before; on the thread that reads only.
     */
    void updateIfFreshnessChanged() {
        Freshness now = current.freshness();
        if (now != shownFreshness) {
            shownFreshness = now;
            update();
        }
    }
}
