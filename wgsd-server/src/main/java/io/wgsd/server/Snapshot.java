package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.AccessPolicy;
import io.wgsd.server.answer.Journal;

/**
 * All that an answer depends on, replaced as a whole.
 *
 * @param journal what is served, and how it became so
 * @param policy to whom
 */
record Snapshot(Journal journal, AccessPolicy policy) {

    Zone zone() {
        return journal.zone();
    }
}
