package io.wgsd.discovery;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What listing a registry's peers returned. Immutable and thread-safe.
 *
 * @param peers those that could be looked up, in the order of their keys
 * @param failures why the others could not be, in the order of their keys
 * @param missingLists why parts of the list are missing; peers that were on these parts are in neither of the other two
 */
public record BrowseResult(
        List<Advertisement> peers, Map<PublicKey, DiscoveryException> failures, List<DiscoveryException> missingLists) {

    /**
     * Makes a result of copies.
     *
     * @param peers those that could be looked up
     * @param failures why the others could not be
     * @param missingLists why parts of the list are missing
     */
    public BrowseResult {
        peers = List.copyOf(peers);
        failures = Collections.unmodifiableMap(new TreeMap<>(failures));
        missingLists = List.copyOf(missingLists);
    }

    /**
     * Returns whether all that the registry advertises is there.
     *
     * @return false where something failed
     */
    public boolean isComplete() {
        return failures.isEmpty() && missingLists.isEmpty();
    }

    /** Returns the peers, unless not one of those on the list could be looked up. */
    List<Advertisement> peersOrFailure() throws DiscoveryException {
        if (peers.isEmpty() && !failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
        return peers;
    }
}
