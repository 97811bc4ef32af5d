package io.wgsd.discovery.decide;

import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import org.jspecify.annotations.Nullable;

/**
 * The first write to a peer whose session is suspect: another endpoint, which is taken back if nothing comes. Immutable
 * and thread-safe.
 *
 * @param before the endpoint that the peer had
 * @param target the one that is tried
 * @param begun when it was tried
 * @param ended when it was taken back; null while it runs
 * @param sure whether the peer was sure to answer probes before it stopped doing so
 * @param count how many there were since the session became suspect
 */
record Trial(
        Endpoint before,
        Endpoint target,
        Moment begun,
        @Nullable Moment ended,
        boolean sure,
        int count) {

    Trial ended(Moment at) {
        return new Trial(before, target, begun, at, sure, count);
    }

    boolean isRunning() {
        return ended == null;
    }
}
