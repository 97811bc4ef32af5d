package io.wgsd.server.answer;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.zone.Freshness;
import io.wgsd.server.zone.Journal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What there is to answer from. Immutable and thread-safe.
 *
 * @param views the zone as each client sees it, and its history
 * @param freshness how well it says where peers are now
 * @param candidates where else each peer may be, which is in no zone
 * @param members the zone of the network's members; null where there is none
 */
public record ServedZone(
        Views<Journal> views,
        Freshness freshness,
        Function<PublicKey, List<Endpoint>> candidates,
        @Nullable ServedMembers members) {

    /**
     * Makes one without candidates.
     *
     * @param views the zone as each client sees it
     * @param freshness how well it says where peers are now
     */
    public ServedZone(Views<Journal> views, Freshness freshness) {
        this(views, freshness, key -> List.of(), null);
    }

    /**
     * Makes one without members.
     *
     * @param views the zone as each client sees it
     * @param freshness how well it says where peers are now
     * @param candidates where else each peer may be
     */
    public ServedZone(Views<Journal> views, Freshness freshness, Function<PublicKey, List<Endpoint>> candidates) {
        this(views, freshness, candidates, null);
    }

    /** Returns a zone of a reading that was made a moment ago, of which nothing is hidden. */
    public static ServedZone fresh(Journal journal) {
        return new ServedZone(Views.same(journal), Freshness.FRESH);
    }
}
