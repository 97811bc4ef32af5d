package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Zone;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.zone.Journal;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usual answers of each view, made once for all who see the same. Not thread-safe. */
public final class QuickViews {

    private final @Nullable Views<QuickAnswers> earlier;
    private final QuickAnswers whole;
    private final IdentityHashMap<Zone, QuickAnswers> made = new IdentityHashMap<>();

    private QuickViews(Zone zone, @Nullable Views<QuickAnswers> earlier) {
        this.earlier = earlier;
        whole = QuickAnswers.of(zone, earlier == null ? List.of() : List.of(earlier.whole()));
        made.put(zone, whole);
    }

    /**
     * Makes the answers of views.
     *
     * @param views the zone as each client sees it
     * @param earlier those of the views before, of which answers for the same peers are taken over; null for none
     */
    public static Views<QuickAnswers> of(Views<Journal> views, @Nullable Views<QuickAnswers> earlier) {
        return new QuickViews(views.whole().zone(), earlier).of(views);
    }

    private Views<QuickAnswers> of(Views<Journal> views) {
        Map<PublicKey, QuickAnswers> peers = new HashMap<>();
        views.peers()
                .forEach((peer, journal) -> peers.put(
                        peer,
                        of(journal, earlier == null ? null : earlier.peers().get(peer))));
        return new Views<>(
                whole,
                peers,
                of(views.others(), earlier == null ? null : earlier.others()),
                of(views.outsiders(), earlier == null ? null : earlier.outsiders()));
    }

    private QuickAnswers of(Journal view, @Nullable QuickAnswers before) {
        return made.computeIfAbsent(
                view.zone(),
                zone -> before != null && before.isOf(zone)
                        ? before
                        : QuickAnswers.of(
                                zone,
                                Stream.concat(Stream.ofNullable(before), Stream.of(whole))
                                        .toList()));
    }
}
