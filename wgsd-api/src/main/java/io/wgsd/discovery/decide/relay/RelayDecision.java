package io.wgsd.discovery.decide.relay;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an agent is to do about relays. Immutable and thread-safe.
 *
 * @param memory what is to be remembered
 * @param view the relays as they are now
 * @param changes what is to be written, for each relay on its own
 * @param added the relays that the change adds to the device, which is to be stored first
 * @param removed those that need not be removed any more once this is written
 * @param events what is reported to a listener
 * @param lookAgainIn after how long the device should be read again
 */
public record RelayDecision(
        RelayMemory memory,
        RelayView view,
        Map<PublicKey, DeviceChange> changes,
        Set<PublicKey> added,
        Set<PublicKey> removed,
        List<AgentEvent> events,
        Duration lookAgainIn) {

    static final Duration CALM = Duration.ofSeconds(1);

    /** Returns the decision to do nothing. */
    public static RelayDecision nothing(RelayMemory memory, RelayNews news) {
        return new RelayDecision(memory, new RelayView(news, Map.of()), Map.of(), Set.of(), Set.of(), List.of(), CALM);
    }

    /** Returns whether the device or the store is to be written. */
    public boolean writes() {
        return !changes.isEmpty() || !removed.isEmpty();
    }

    /**
     * Returns the decision without what could not be written.
     *
     * @param before what was remembered before it
     * @param why for each relay or peer that was not written, why
     * @param at when it was decided
     */
    public RelayDecision undone(RelayMemory before, Map<PublicKey, String> why, Moment at) {
        Set<PublicKey> keys = new HashSet<>(changes.keySet());
        keys.retainAll(why.keySet());
        if (keys.isEmpty()) {
            return this;
        }
        Map<PublicKey, String> reasons = new HashMap<>(why);
        reasons.keySet().retainAll(keys);
        Map<PublicKey, DeviceChange> left = new LinkedHashMap<>(changes);
        left.keySet().removeAll(keys);
        return new RelayDecision(
                memory.undone(before, reasons, at),
                view,
                left,
                without(added, keys),
                without(removed, keys),
                events.stream().filter(event -> !concerns(event, keys)).toList(),
                lookAgainIn);
    }

    private static Set<PublicKey> without(Set<PublicKey> all, Set<PublicKey> keys) {
        Set<PublicKey> left = new HashSet<>(all);
        left.removeAll(keys);
        return left;
    }

    private static boolean concerns(AgentEvent event, Set<PublicKey> keys) {
        return (event instanceof AgentEvent.RelayUp up && keys.contains(up.relay()))
                || (event instanceof AgentEvent.RelayDown down && keys.contains(down.relay()));
    }
}
