package io.wgsd.server;

import io.wgsd.dnssd.Zone;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.server.answer.Responder;
import io.wgsd.server.answer.access.AccessPolicy;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.quick.QuickAnswers;
import io.wgsd.server.zone.Journal;

/**
 * All that an answer depends on, replaced as a whole.
 *
 * @param number another one for each snapshot
 * @param responder how answers are made
 * @param views the zone as each client sees it, and its history
 * @param quick the usual answers of each view
 * @param policy to whom
 * @param device the device from which all that was made
 * @param names what its peers are called
 */
record Snapshot(
        long number,
        Responder responder,
        Views<Journal> views,
        Views<QuickAnswers> quick,
        AccessPolicy policy,
        Device device,
        PeerNames names) {

    /** Returns what answers come from. */
    Zone zone() {
        return views.whole().zone();
    }

    /** Returns the zone as it was when it got its serial. */
    Zone numbered() {
        return views.whole().numbered();
    }
}
