package io.wgsd.server;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Serials;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.PublicKey;
import io.wgsd.server.answer.Freshness;
import io.wgsd.server.answer.Journal;
import io.wgsd.server.answer.Views;
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
 * <p>A class whose peers did not change keeps its zone and its serial, so that nobody can tell that something hidden did.
 * Not thread-safe.
 */
final class ViewKeeper {

    private final VisibilityPolicy policy;
    private final Signatures signatures;
    private final InstantSource clock;

    /** By what is visible, so that two classes that see the same are one. */
    private Map<Set<PublicKey>, View> views = Map.of();

    private record View(Journal journal, ZoneOptions options, List<Advertisement> peers) {}

    ViewKeeper(VisibilityPolicy policy, Signatures signatures, InstantSource clock) {
        this.policy = policy;
        this.signatures = signatures;
        this.clock = clock;
    }

    /**
     * Returns the views of a new zone.
     *
     * @param whole the zone
     * @param options what it has besides peers
     * @param peers what it has of them
     * @param registry the registry's own key, which nobody needs to be told of and everybody may see
     * @param number whether views that changed get another serial, as the zone itself
     */
    Views views(
            Journal whole,
            ZoneOptions options,
            List<Advertisement> peers,
            Optional<PublicKey> registry,
            boolean number) {
        Map<Set<PublicKey>, View> made = new HashMap<>();
        Map<PublicKey, Journal> byPeer = new HashMap<>();
        Cut cut = new Cut(whole, options, peers, registry, number, made);
        policy.exceptions().forEach((peer, seen) -> byPeer.put(peer, cut.view(seen)));
        Journal others = cut.view(policy.seenByOthers());
        Journal outsiders = cut.view(policy.seenByOutsiders());
        views = Map.copyOf(made);
        return new Views(whole, byPeer, others, outsiders, Freshness.FRESH);
    }

    /** Returns whether a view is to be signed anew, although no peer changed. */
    boolean isDue() {
        return views.values().stream()
                .anyMatch(view -> signatures.isDue(view.journal().zone(), clock.instant()));
    }

    private final class Cut {

        private final Journal whole;
        private final ZoneOptions options;
        private final List<Advertisement> peers;
        private final Optional<PublicKey> registry;
        private final boolean number;
        private final Map<Set<PublicKey>, View> made;

        Cut(
                Journal whole,
                ZoneOptions options,
                List<Advertisement> peers,
                Optional<PublicKey> registry,
                boolean number,
                Map<Set<PublicKey>, View> made) {
            this.whole = whole;
            this.options = options;
            this.peers = peers;
            this.registry = registry;
            this.number = number;
            this.made = made;
        }

        Journal view(Visible visible) {
            return visible.keys()
                    .map(keys -> made.computeIfAbsent(keys, this::make).journal())
                    .orElse(whole);
        }

        private View make(Set<PublicKey> keys) {
            List<Advertisement> seen = peers.stream()
                    .filter(peer -> keys.contains(peer.publicKey()) || registry.equals(Optional.of(peer.publicKey())))
                    .toList();
            View before = views.get(keys);
            if (before == null) {
                // A view's serial is never greater than the whole zone's, which is kept from one start to the next.
                return new View(Journal.of(made(seen, whole.zone().serial(), List.of()), whole), options, seen);
            }
            Journal journal = before.journal();
            boolean same = isAsBefore(before, seen);
            if (same && !(number && journal.isAhead())) {
                return before;
            }
            Zone zone = journal.zone();
            if (!number) {
                return new View(journal.ahead(made(seen, zone.serial(), List.of(zone)), whole), options, seen);
            }
            long serial = Serials.next(zone.serial(), clock.instant());
            Zone next = same && !zone.isSigned() ? zone.withSerial(serial) : made(seen, serial, List.of(zone));
            return new View(journal.next(next, whole), options, seen);
        }

        private boolean isAsBefore(View before, List<Advertisement> seen) {
            return !signatures.isDue(before.journal().zone(), clock.instant())
                    && before.peers().equals(seen)
                    && before.options().nameServerAddresses().equals(options.nameServerAddresses());
        }

        private Zone made(List<Advertisement> seen, long serial, List<Zone> signed) {
            List<Zone> earlier = new ArrayList<>(signed);
            earlier.add(whole.zone());
            return signatures.sign(Zone.of(options, seen, serial), earlier, clock.instant());
        }
    }
}
