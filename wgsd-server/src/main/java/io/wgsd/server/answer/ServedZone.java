package io.wgsd.server.answer;

import io.wgsd.server.answer.access.Views;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;

/**
 * What there is to answer from. Immutable and thread-safe.
 *
 * @param views the zone as each client sees it, and its history
 * @param freshness how well it says where peers are now
 */
public record ServedZone(Views<Journal> views, Freshness freshness) {

    /** Returns a zone of a reading that was made a moment ago, of which nothing is hidden. */
    public static ServedZone fresh(Journal journal) {
        return new ServedZone(Views.same(journal), Freshness.FRESH);
    }
}
