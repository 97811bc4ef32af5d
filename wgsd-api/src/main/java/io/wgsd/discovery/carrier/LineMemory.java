package io.wgsd.discovery.carrier;

import io.wgsd.discovery.decide.session.Session;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a peer whose packets may be carried. Immutable and thread-safe.
 *
 * @param sight how it was seen last
 * @param session what its readings say of its session
 * @param heard when something came from it, or from a peer behind it; null before that
 * @param heardNow whether something came from itself with the latest reading
 * @param asked when something was sent there first that had no answer yet; null where there is none
 * @param askedLast when something was sent there last that had no answer yet; null where there is none
 * @param askedItself when something was sent to itself first that had no answer yet; null where there is none
 * @param carried whether its packets are carried
 * @param probing since when it is found out whether UDP gets through; null while it is not
 * @param probed when that began last, or the carrying; null before that
 */
record LineMemory(
        LineSight sight,
        Session session,
        @Nullable Moment heard,
        boolean heardNow,
        @Nullable Moment asked,
        @Nullable Moment askedLast,
        @Nullable Moment askedItself,
        boolean carried,
        @Nullable Moment probing,
        @Nullable Moment probed) {

    /** A keepalive, which the registry's WireGuard does not answer. */
    private static final long KEEPALIVE = 32;

    static LineMemory first(LineSight seen, Moment at) {
        Peer peer = seen.peer();
        boolean isAsked = peer.statistics().txBytes() != 0 && peer.statistics().rxBytes() == 0;
        Moment asked = isAsked ? at : null;
        return new LineMemory(seen, Session.first(peer, at), null, false, asked, asked, asked, false, null, null);
    }

    /**
     * Returns what is known after one more reading.
     *
     * @param answersKeepalives whether the peer answers those
     */
    LineMemory read(LineSight seen, boolean answersKeepalives, Moment at) {
        Peer now = seen.peer();
        Peer before = sight.peer();
        long came = more(before.statistics().rxBytes(), now.statistics().rxBytes());
        long went = more(before.statistics().txBytes(), now.statistics().txBytes());
        boolean asksItself = went > (answersKeepalives ? 0 : KEEPALIVE);
        boolean hears = came != 0 || seen.behind().rx() > sight.behind().rx();
        boolean asks = asksItself || seen.behind().tx() - sight.behind().tx() > KEEPALIVE;
        Session next = session.next(now, at);
        return edit(draft -> {
            draft.sight = seen;
            draft.session = next;
            draft.heardNow = came != 0;
            if (came != 0) {
                draft.askedItself = null;
            } else if (asksItself && askedItself == null) {
                draft.askedItself = at;
            }
            if (hears) {
                draft.heard = at;
                draft.asked = null;
                draft.askedLast = null;
            } else if (asks) {
                draft.asked = asked == null ? at : asked;
                draft.askedLast = at;
            }
        });
    }

    private static long more(long before, long now) {
        return Long.compareUnsigned(now, before) < 0 ? now : now - before;
    }

    LineMemory carrying(Moment at) {
        return edit(draft -> {
            draft.asked = null;
            draft.askedLast = null;
            draft.askedItself = null;
            draft.carried = true;
            draft.probing = null;
            draft.probed = at;
        });
    }

    LineMemory returned() {
        return edit(draft -> {
            draft.asked = null;
            draft.askedLast = null;
            draft.askedItself = null;
            draft.carried = false;
            draft.probing = null;
            draft.probed = null;
        });
    }

    LineMemory probing(Moment at) {
        return edit(draft -> {
            draft.probing = at;
            draft.probed = at;
        });
    }

    LineMemory probeEnded() {
        return edit(draft -> draft.probing = null);
    }

    private LineMemory edit(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.memory();
    }

    /** A copy that is being changed. */
    private static final class Draft {
        private LineSight sight;
        private Session session;
        private @Nullable Moment heard;
        private boolean heardNow;
        private @Nullable Moment asked;
        private @Nullable Moment askedLast;
        private @Nullable Moment askedItself;
        private boolean carried;
        private @Nullable Moment probing;
        private @Nullable Moment probed;

        Draft(LineMemory from) {
            sight = from.sight;
            session = from.session;
            heard = from.heard;
            heardNow = from.heardNow;
            asked = from.asked;
            askedLast = from.askedLast;
            askedItself = from.askedItself;
            carried = from.carried;
            probing = from.probing;
            probed = from.probed;
        }

        LineMemory memory() {
            return new LineMemory(
                    sight, session, heard, heardNow, asked, askedLast, askedItself, carried, probing, probed);
        }
    }
}
