package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.AccessPolicy;
import io.wgsd.server.answer.Views;

/**
 * All that an answer depends on, replaced as a whole.
 *
 * @param views what is served, and how it became so
 * @param policy to whom
 */
record Snapshot(Views views, AccessPolicy policy) {

    Zone zone() {
        return views.whole().zone();
    }
}
