package io.wgsd.command.member;

import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the lists that were verified is in use, and which one is kept until it is valid: this host's clock may be
 * slow, and no registry brings a list twice.
 *
 * <p>Not thread-safe.
 */
final class NewestMembers {

    private @Nullable VerifiedNetwork latest;
    private @Nullable VerifiedNetwork coming;

    /** Returns the list in use; empty at first. */
    Optional<VerifiedNetwork> latest() {
        return Optional.ofNullable(latest);
    }

    /**
     * Returns whether a list may take the place of the one in use, which it may not where it is the same one.
     *
     * @throws UnfitZoneException if it is older than that, or not valid now; what is not valid yet is kept until it is
     */
    boolean offer(VerifiedNetwork network, Instant now) throws UnfitZoneException {
        VerifiedNetwork before = latest;
        if (before != null) {
            network.requireFollows(before);
            if (network.isSameZoneAs(before)) {
                return false;
            }
        }
        VerifiedNetwork kept = coming;
        if (now.isBefore(network.validFrom()) && (kept == null || isAfter(network, kept))) {
            coming = network;
        }
        network.requireValid(now);
        return true;
    }

    /** Returns the list that was kept, once it is valid. */
    Optional<VerifiedNetwork> due(Instant now) {
        return Optional.ofNullable(coming).filter(network -> isValid(network, now));
    }

    /** Makes a list the one in use. */
    void take(VerifiedNetwork network) {
        latest = network;
        VerifiedNetwork kept = coming;
        if (kept != null && (kept.isSameZoneAs(network) || !isAfter(kept, network))) {
            coming = null;
        }
    }

    private static boolean isAfter(VerifiedNetwork network, VerifiedNetwork other) {
        try {
            network.requireFollows(other);
            return true;
        } catch (UnfitZoneException e) {
            return false;
        }
    }

    private static boolean isValid(VerifiedNetwork network, Instant now) {
        try {
            network.requireValid(now);
            return true;
        } catch (UnfitZoneException e) {
            return false;
        }
    }
}
