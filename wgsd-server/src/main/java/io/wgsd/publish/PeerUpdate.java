package io.wgsd.publish;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/**
 * One peer's step from what its zone says of it to what it is to say.
 *
 * @param key the peer
 * @param before what was read, and must still be so for the step to be taken
 * @param after what is there afterwards
 * @param expired the lease of the registry that has left this peer behind, which must still be the same; empty where
 *     the peer is nobody else's
 */
record PeerUpdate(PublicKey key, PublishedPeer before, PublishedPeer after, List<TXTRecord> expired) {

    PeerUpdate {
        expired = List.copyOf(expired);
    }

    PeerUpdate(PublicKey key, PublishedPeer before, PublishedPeer after) {
        this(key, before, after, List.of());
    }

    boolean isNothing() {
        return removed().isEmpty() && added().isEmpty();
    }

    List<Record> removed() {
        return without(all(before), all(after));
    }

    List<Record> added() {
        return without(all(after), all(before));
    }

    /** Adds the step to a message. */
    void addTo(UpdateMessage message, DnsSdNames names) {
        for (PublishedPeer.Slot slot : before.slots(names, key, after)) {
            List<Record> rrset = before.rrset(slot);
            if (rrset.isEmpty()) {
                message.requireAbsent(slot.name(), slot.type());
            } else {
                message.requirePresent(rrset);
            }
        }
        message.requirePresent(expired);
        removed().forEach(message::delete);
        added().forEach(message::add);
    }

    private static List<Record> all(PublishedPeer peer) {
        List<Record> all = new ArrayList<>(peer.lists());
        all.addAll(peer.own());
        return all;
    }

    private static List<Record> without(List<Record> some, List<Record> others) {
        return some.stream().filter(record -> !others.contains(record)).toList();
    }
}
