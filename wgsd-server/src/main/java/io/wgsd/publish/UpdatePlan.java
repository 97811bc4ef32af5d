package io.wgsd.publish;

import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.xbill.DNS.TXTRecord;

/**
 * Decides what a registry writes into a zone that it may share with others: what is its own always, what is another's
 * only by newer knowledge or after that one's lease, and what nobody has signed never.
 *
 * <p>A pure function of what is handed in.
 *
 * @param updates the steps, in ascending order of the keys
 * @param foreign peers that the zone has of somebody who leaves no mark, and that stay as they are
 */
record UpdatePlan(List<PeerUpdate> updates, Set<PublicKey> foreign) {

    UpdatePlan {
        updates = List.copyOf(updates);
        foreign = Set.copyOf(foreign);
    }

    /**
     * What the decision depends on besides the peers.
     *
     * @param registry the registry that writes
     * @param now the wall clock's time
     * @param leases everybody's marks as they were read
     * @param isGone whether another registry's lease has run out
     * @param firstSeen what this registry saw at its start, so that it is not known since when
     */
    record Context(
            String registry,
            Instant now,
            Leases leases,
            Predicate<String> isGone,
            Map<PublicKey, PublishedPeer> firstSeen) {}

    static UpdatePlan of(Map<PublicKey, PublishedPeer> current, Map<PublicKey, PublishedPeer> wanted, Context context) {
        Set<PublicKey> keys = new TreeSet<>(current.keySet());
        keys.addAll(wanted.keySet());
        List<PeerUpdate> updates = new ArrayList<>();
        Set<PublicKey> foreign = new TreeSet<>();
        for (PublicKey key : keys) {
            PublishedPeer before = current.getOrDefault(key, PublishedPeer.ABSENT);
            PublishedPeer want = wanted.getOrDefault(key, PublishedPeer.ABSENT);
            String owner = before.writtenBy().orElse(null);
            if (owner == null && !before.own().isEmpty()) {
                if (!want.isAbsent()) {
                    foreign.add(key);
                }
                continue;
            }
            boolean others = owner != null && !owner.equals(context.registry());
            boolean gone = others && context.isGone().test(owner);
            if (others && !gone && !isNewer(key, want, before, context)) {
                continue;
            }
            if (owner == null && want.isAbsent()) {
                // A list may name what its own registry has not written yet, or has just taken away.
                continue;
            }
            PublishedPeer after = want.isAbsent() ? PublishedPeer.ABSENT : mark(want, before, context);
            PeerUpdate update = new PeerUpdate(key, before, after, gone ? lease(before, context) : List.of());
            if (!update.isNothing()) {
                updates.add(update);
            }
        }
        return new UpdatePlan(updates, foreign);
    }

    private static PublishedPeer mark(PublishedPeer want, PublishedPeer before, Context context) {
        // A registry that was started again has seen nothing change, so it does not claim to know better since when.
        PublishedPeer since = !before.isAbsent() && want.hasEndpointOf(before) ? want.sinceOf(before) : want;
        return since.by(context.registry());
    }

    private static boolean isNewer(PublicKey key, PublishedPeer want, PublishedPeer before, Context context) {
        if (want.isAbsent() || want.hasEndpointOf(before)) {
            return false;
        }
        PublishedPeer first = context.firstSeen().get(key);
        boolean inherited = first != null && first.hasEndpointOf(want);
        return !inherited && want.since(context.now()).isAfter(before.since(context.now()));
    }

    private static List<TXTRecord> lease(PublishedPeer peer, Context context) {
        return peer.writtenBy().map(context.leases().records()::get).stream().toList();
    }

    /** Returns the peers that a zone has once some of the steps have been taken. */
    static Map<PublicKey, PublishedPeer> applied(Map<PublicKey, PublishedPeer> current, List<PeerUpdate> taken) {
        Map<PublicKey, PublishedPeer> result = new HashMap<>(current);
        for (PeerUpdate update : taken) {
            if (update.after().isAbsent()) {
                result.remove(update.key());
            } else {
                result.put(update.key(), update.after());
            }
        }
        return result;
    }
}
