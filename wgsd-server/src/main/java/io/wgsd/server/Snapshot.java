package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.AccessPolicy;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.Views;

/**
 * All that an answer depends on, replaced as a whole.
 *
 * @param number another one for each snapshot
 * @param responder how answers are made
 * @param views what is served, and how it became so
 * @param policy to whom
 */
record Snapshot(long number, Responder responder, Views views, AccessPolicy policy) {

    /** Returns what answers come from. */
    Zone zone() {
        return views.whole().zone();
    }

    /** Returns the zone as it was when it got its serial. */
    Zone numbered() {
        return views.whole().numbered();
    }
}
