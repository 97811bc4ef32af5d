package io.wgsd.spi;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Parts a change where a step has to know what the steps before it led to, for backends that must read a device before
 * they can write some steps: the device is read once for each part that has such a step, right before it is written.
 */
public final class ChangeSegments {

    private ChangeSegments() {}

    /**
     * Returns the steps of a change in parts; nearly every change is one.
     *
     * @param change the change, whose own settings are carried out with the first part
     * @param needsReading whether a step can be written only after the device was read
     * @return the parts in order, at least one; the first may have no steps
     */
    public static List<List<PeerChange>> of(DeviceChange change, Predicate<PeerChange> needsReading) {
        List<List<PeerChange>> segments = new ArrayList<>();
        List<PeerChange> steps = new ArrayList<>();
        Set<PublicKey> touched = new HashSet<>();
        boolean settingsCount = change.isReplacePeers() || change.privateKey().isPresent();
        boolean movesAllowedIps = false;
        for (PeerChange step : change.peers()) {
            boolean dependsOnEarlier = settingsCount || movesAllowedIps || touched.contains(step.publicKey());
            if (dependsOnEarlier && needsReading.test(step)) {
                segments.add(List.copyOf(steps));
                steps.clear();
                touched.clear();
                settingsCount = false;
                movesAllowedIps = false;
            }
            steps.add(step);
            touched.add(step.publicKey());
            movesAllowedIps |= !step.addedAllowedIps().isEmpty();
        }
        segments.add(List.copyOf(steps));
        return segments;
    }
}
