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
import java.util.Set;

/**
 * Makes the zone as each class of viewers sees it, once for each class and each change.
 *
 * <p>A class whose peers did not change keeps its zone and its serial, so that nobody can tell that something hidden
 * did. Not thread-safe.
 */
public final class ViewKeeper {

    private final VisibilityRules rules;
    private final ZoneSigning signatures;
    private final InstantSource clock;

    /** By what is visible, so that two classes that see the same are one. */
    private Map<Set<PublicKey>, KeptView> views = Map.of();

    private record KeptView(Journal journal, ZoneOptions options, List<Advertisement> peers) {}

    public ViewKeeper(VisibilityRules rules, ZoneSigning signatures, InstantSource clock) {
        this.rules = rules;
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
        Map<Set<PublicKey>, KeptView> made = new HashMap<>();
        Map<PublicKey, Journal> byPeer = new HashMap<>();
        Cut cut = new Cut(version, registry, number, made);
        rules.exceptions().forEach((peer, seen) -> byPeer.put(peer, cut.view(seen)));
        Journal others = cut.view(rules.others());
        Journal outsiders = cut.view(rules.outsiders());
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
        private final Map<Set<PublicKey>, KeptView> made;

        Cut(ZoneVersion version, Optional<PublicKey> registry, boolean number, Map<Set<PublicKey>, KeptView> made) {
            this.version = version;
            this.registry = registry;
            this.number = number;
            this.made = made;
        }

        Journal view(Visible visible) {
            return visible.keys()
                    .map(keys -> made.computeIfAbsent(keys, this::make).journal())
                    .orElse(version.journal());
        }

        private KeptView make(Set<PublicKey> keys) {
            List<Advertisement> seen = version.peers().stream()
                    .filter(peer -> keys.contains(peer.publicKey()) || registry.equals(Optional.of(peer.publicKey())))
                    .toList();
            KeptView before = views.get(keys);
            if (before == null) {
                // A view's serial is never greater than the whole zone's, which is kept from one start to the next.
                return new KeptView(
                        Journal.of(made(seen, version.zone().serial(), List.of())), version.options(), seen);
            }
            Journal journal = before.journal();
            boolean same = isAsBefore(before, seen);
            if (same && !(number && journal.isAhead())) {
                return before;
            }
            Zone zone = journal.zone();
            if (!number) {
                return new KeptView(journal.ahead(made(seen, zone.serial(), List.of(zone))), version.options(), seen);
            }
            long serial = Serials.next(zone.serial(), clock.instant());
            Zone next = same && !zone.isSigned() ? zone.withSerial(serial) : made(seen, serial, List.of(zone));
            return new KeptView(journal.next(next), version.options(), seen);
        }

        private boolean isAsBefore(KeptView before, List<Advertisement> seen) {
            return !signatures.isDue(before.journal().zone(), clock.instant())
                    && before.peers().equals(seen)
                    && before.options()
                            .nameServerAddresses()
                            .equals(version.options().nameServerAddresses())
                    && before.options().relays().equals(version.options().relays());
        }

        private Zone made(List<Advertisement> seen, long serial, List<Zone> signed) {
            List<Zone> earlier = new ArrayList<>(signed);
            earlier.add(version.zone());
            return signatures.sign(Zone.of(version.options(), seen, serial), earlier, clock.instant());
        }
    }
}
