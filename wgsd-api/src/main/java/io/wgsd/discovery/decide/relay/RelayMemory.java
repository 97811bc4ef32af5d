package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.RelayStatus;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an agent remembers of relays from one decision to the next. Immutable and thread-safe.
 *
 * @param relays how this host and each relay stand, in the order of the relays' keys
 * @param ports at which ports registries have seen this host
 */
public record RelayMemory(SortedMap<PublicKey, Attachment> relays, PublicPorts ports) {

    private static final RelayMemory NONE = new RelayMemory(new TreeMap<>(), PublicPorts.none());

    public RelayMemory {
        relays = Collections.unmodifiableSortedMap(relays);
    }

    public static RelayMemory none() {
        return NONE;
    }

    /** Returns whether a key is a relay's. */
    public boolean isRelay(PublicKey key) {
        return relays.containsKey(key);
    }

    /** Returns the relays that the agent has added to the device. */
    public Set<PublicKey> added() {
        return relays.values().stream()
                .filter(Attachment::added)
                .map(each -> each.relay().publicKey())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns what is known of each relay, as of some time. */
    public List<RelayStatus> statuses(Moment now) {
        return relays.values().stream().map(each -> each.status(now)).toList();
    }

    /**
     * Returns what is remembered where something could not be written: as before, and it is tried again later.
     *
     * @param before what was remembered before
     * @param why for each relay that was not written, why
     * @param at when it was decided
     */
    RelayMemory undone(RelayMemory before, Map<PublicKey, String> why, Moment at) {
        SortedMap<PublicKey, Attachment> next = new TreeMap<>(relays);
        why.forEach((key, reason) -> {
            Attachment planned = relays.get(key);
            Attachment known = before.relays.get(key);
            if (known != null || planned != null) {
                next.put(key, Attachment.undone(known, planned, reason, at));
            }
        });
        return new RelayMemory(next, ports);
    }
}
