package io.wgsd.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the peers that are a way to everywhere though none of their prefixes is the whole of a family: {@code
 * 0.0.0.0/1} with {@code 128.0.0.0/1}, all public addresses in thirty pieces, or {@code 2000::/3}.
 */
final class DefaultRoutes {

    /**
     * All of IPv6 that is routed between hosts: the rest is unassigned, or stays within a site (RFC 4291, section 2.4).
     */
    private static final IpPrefix GLOBAL_UNICAST = IpPrefix.parse("2000::/3");

    private static final double MUCH = 0.5;

    /** Several exits may share the world, which a site with all of 10.0.0.0/8 behind it does not. */
    private static final double LEAST_PART = 1.0 / 16;

    private DefaultRoutes() {}

    /**
     * Returns the peers whose prefixes of one family are pieces of a default route.
     *
     * @param prefixes the family's prefixes, with their peers
     * @return none where all prefixes together hold less than half of the family's addresses
     */
    static Set<PublicKey> inPieces(Collection<Map<IpPrefix, PublicKey>> prefixes) {
        double most = 0;
        for (Map<IpPrefix, PublicKey> sameLength : prefixes) {
            for (IpPrefix prefix : sameLength.keySet()) {
                most += share(prefix);
            }
        }
        // Overlaps only make it less, so that the usual device, of a thousand small prefixes, is done here.
        return most < MUCH ? Set.of() : found(prefixes);
    }

    private static Set<PublicKey> found(Collection<Map<IpPrefix, PublicKey>> prefixes) {
        List<IpPrefix> all = new ArrayList<>();
        Map<PublicKey, List<IpPrefix>> ofPeers = new HashMap<>();
        for (Map<IpPrefix, PublicKey> sameLength : prefixes) {
            sameLength.forEach((prefix, owner) -> {
                // A whole one would hide all pieces, its own peer's and the others'.
                if (!prefix.isDefaultRoute()) {
                    all.add(prefix);
                    ofPeers.computeIfAbsent(owner, key -> new ArrayList<>()).add(prefix);
                }
            });
        }
        Set<PublicKey> peers = new HashSet<>();
        if (covered(all) >= MUCH) {
            ofPeers.forEach((owner, own) -> {
                if (covered(own) >= LEAST_PART) {
                    peers.add(owner);
                }
            });
        }
        return peers;
    }

    /**
     * Returns the share of the family's addresses that prefixes hold together, among which is no whole default route.
     */
    private static double covered(List<IpPrefix> prefixes) {
        Collections.sort(prefixes);
        double covered = 0;
        IpPrefix last = null;
        for (IpPrefix prefix : prefixes) {
            if (last == null || !last.contains(prefix.network())) {
                covered += share(prefix);
                last = prefix;
            }
        }
        return covered;
    }

    private static double share(IpPrefix prefix) {
        if (prefix.isDefaultRoute()) {
            return 0;
        }
        if (!prefix.network().isIpv6()) {
            return Math.scalb(1.0, -prefix.length());
        }
        if (prefix.length() <= GLOBAL_UNICAST.length()) {
            return prefix.contains(GLOBAL_UNICAST.network()) ? 1 : 0;
        }
        return GLOBAL_UNICAST.contains(prefix.network())
                ? Math.scalb(1.0, GLOBAL_UNICAST.length() - prefix.length())
                : 0;
    }
}
