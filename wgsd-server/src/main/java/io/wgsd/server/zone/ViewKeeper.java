package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.access.Views;
import io.wgsd.server.answer.access.VisibilityRules;
import io.wgsd.server.answer.access.Visible;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the zone as each class of viewers sees it, once for each class and each change.
 *
 * <p>A class whose peers did not change keeps its zone and its serial, so that nobody can tell that something hidden
 * did. Not thread-safe.
 */
public final class ViewKeeper {

    private final VisibilityRules rules;
    private final boolean outsidersSeeNames;
    private final ZoneSigning signatures;
    private final InstantSource clock;

    /** By what is visible, so that two classes that see the same are one. */
    private Map<Sight, KeptView> views = Map.of();

    /** What somebody sees: the peers with these keys, or all, and perhaps their names. */
    private record Sight(Visible peers, boolean names) {}

    private record KeptView(Journal journal, ZoneOptions options, List<Advertisement> peers, List<NamedPeer> named) {}

    /**
     * Makes a keeper.
     *
     * @param rules which peers are visible to whom
     * @param outsidersSeeNames whether those who are no peers see peers' names, which can be guessed as keys cannot
     * @param signatures what signs views
     * @param clock the clock
     */
    public ViewKeeper(VisibilityRules rules, boolean outsidersSeeNames, ZoneSigning signatures, InstantSource clock) {
        this.rules = rules;
        this.outsidersSeeNames = outsidersSeeNames;
        this.signatures = signatures;
        this.clock = clock;
    }

    /**
     * Returns the views of a zone.
     *
     * @param version the zone
     * @param registry the registry's own key, which everybody may see
     * @param number whether views that changed get another serial
     */
    public Views<Journal> views(ZoneVersion version, Optional<PublicKey> registry, boolean number) {
        Map<Sight, KeptView> made = new HashMap<>();
        Map<PublicKey, Journal> byPeer = new HashMap<>();
        Cut cut = new Cut(version, registry, number, made);
        rules.exceptions().forEach((peer, seen) -> byPeer.put(peer, cut.view(seen, true)));
        Journal others = cut.view(rules.others(), true);
        Journal outsiders = cut.view(rules.outsiders(), outsidersSeeNames);
        views = Map.copyOf(made);
        return new Views<>(version.journal(), byPeer, others, outsiders);
    }

    /** Returns whether a view must be signed again, although no peer changed. */
    public boolean isDue() {
        return views.values().stream()
                .anyMatch(view -> signatures.isDue(view.journal().zone(), clock.instant()));
    }

    private final class Cut {

        private final ZoneVersion version;
        private final Optional<PublicKey> registry;
        private final boolean number;
        private final Map<Sight, KeptView> made;

        Cut(ZoneVersion version, Optional<PublicKey> registry, boolean number, Map<Sight, KeptView> made) {
            this.version = version;
            this.registry = registry;
            this.number = number;
            this.made = made;
        }

        Journal view(Visible visible, boolean names) {
            return visible.keys().isEmpty() && (names || version.named().isEmpty())
                    ? version.journal()
                    : made.computeIfAbsent(new Sight(visible, names), this::make)
                            .journal();
        }

        private boolean isSeen(PublicKey key, Visible visible) {
            return visible.keys().map(keys -> keys.contains(key)).orElse(true) || registry.equals(Optional.of(key));
        }

        private KeptView make(Sight sight) {
            List<Advertisement> seen = version.peers().stream()
                    .filter(peer -> isSeen(peer.publicKey(), sight.peers()))
                    .toList();
            List<NamedPeer> named = version.named().stream()
                    .filter(peer -> sight.names() && isSeen(peer.key(), sight.peers()))
                    .toList();
            KeptView before = views.get(sight);
            if (before == null) {
                // A view's serial is never greater than the whole zone's, which is kept from one start to the next.
                return kept(Journal.of(made(seen, named, version.zone().serial(), List.of())), seen, named);
            }
            Journal journal = before.journal();
            boolean same = isAsBefore(before, seen, named);
            if (same && !(number && journal.isAhead())) {
                return before;
            }
            Zone zone = journal.zone();
            if (!number) {
                return kept(journal.ahead(made(seen, named, zone.serial(), List.of(zone))), seen, named);
            }
            long serial = Serials.next(zone.serial(), clock.instant());
            Zone next = same && !zone.isSigned() ? zone.withSerial(serial) : made(seen, named, serial, List.of(zone));
            return kept(journal.next(next), seen, named);
        }

        private KeptView kept(Journal journal, List<Advertisement> seen, List<NamedPeer> named) {
            return new KeptView(journal, version.options(), seen, named);
        }

        private boolean isAsBefore(KeptView before, List<Advertisement> seen, List<NamedPeer> named) {
            return !signatures.isDue(before.journal().zone(), clock.instant())
                    && before.peers().equals(seen)
                    && before.named().equals(named)
                    && before.options()
                            .nameServerAddresses()
                            .equals(version.options().nameServerAddresses())
                    && before.options().relays().equals(version.options().relays());
        }

        private Zone made(List<Advertisement> seen, List<NamedPeer> named, long serial, List<Zone> signed) {
            List<Zone> earlier = new ArrayList<>(signed);
            earlier.add(version.zone());
            ZoneOptions options = version.options()
                    .withMoreRecords(named.stream()
                            .flatMap(peer -> peer.records().stream())
                            .toList());
            return signatures.sign(Zone.of(options, seen, serial), earlier, clock.instant());
        }
    }
}
