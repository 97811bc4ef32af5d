package io.wgsd.relay.session;

import io.wgsd.relay.noise.Ephemeral;
import io.wgsd.relay.noise.Identity;
import io.wgsd.relay.noise.SentInitiation;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Outlet;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.wire.Messages;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The handshakes that the relay begins: each has a greater timestamp than all before. Not thread-safe. */
final class Initiations {

    /** How many are sent between two looks at what has come; each takes about a millisecond. */
    private static final int AT_ONCE = 8;
    /** As far the saved timestamp may have been behind the last that was used. */
    private static final int UNSAVED_SECONDS = 10;

    private record Queued(MemberSession session, Source to) {}

    private final Identity identity;
    private final UnaryOperator<byte[]> random;
    private final InstantSource clock;
    private final Outlet outlet;
    private final Indices indices;
    private final Queue<Queued> queue = new ArrayDeque<>();
    private Timestamp last = Timestamp.NONE;
    private long sent;

    Initiations(Identity identity, UnaryOperator<byte[]> random, InstantSource clock, Outlet outlet, Indices indices) {
        this.identity = identity;
        this.random = random;
        this.clock = clock;
        this.outlet = outlet;
        this.indices = indices;
    }

    void restore(Timestamp saved) {
        last = saved.equals(Timestamp.NONE) ? saved : saved.plusSeconds(UNSAVED_SECONDS);
    }

    Timestamp last() {
        return last;
    }

    long sent() {
        return sent;
    }

    Ephemeral ephemeral() {
        return Ephemeral.of(random.apply(new byte[Messages.KEY]));
    }

    /** Begins a handshake; empty for a member with which none can be. */
    Optional<Attempt> send(MemberSession session, Source to, int number, long now) {
        last = Timestamp.after(clock.instant(), last);
        sent++;
        Optional<SentInitiation> created =
                SentInitiation.create(identity, session.member.key(), ephemeral(), indices.fresh(), last);
        return created.map(initiation -> {
            byte[] message = initiation.message();
            if (session.cookie != null && now - session.cookieCame < Protocol.COOKIE_SHOWN) {
                session.cookie.write(message);
            }
            outlet.send(message, to);
            session.initiated = now;
            return indices.put(new Attempt(session, initiation, to, now, number));
        });
    }

    void queue(MemberSession session, Source to) {
        queue.add(new Queued(session, to));
    }

    /** Sends some of those that are queued, and returns whether there are more. */
    boolean sendQueued(long now) {
        for (int i = 0; i < AT_ONCE; i++) {
            Queued next = queue.poll();
            if (next == null) {
                return false;
            }
            if (next.session.attempt == null && next.session.current == null) {
                next.session.attempt = send(next.session, next.to, 1, now).orElse(null);
            }
        }
        return !queue.isEmpty();
    }

    void forget(@Nullable Attempt attempt) {
        if (attempt != null) {
            indices.remove(attempt.initiation.localIndex());
            attempt.initiation.forget();
        }
    }
}
