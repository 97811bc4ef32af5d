package io.wgsd.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the peer that an address inside the tunnel belongs to: the peer with the longest allowed IP that holds it, as
 * WireGuard decides (drivers/net/wireguard/allowedips.c).
 *
 * <p>Immutable and thread-safe. A look-up costs one hash table access for each length of prefix that the device uses.
 */
public final class CryptokeyRouting {

    private final Map<Integer, Map<IpPrefix, PublicKey>> v4;
    private final Map<Integer, Map<IpPrefix, PublicKey>> v6;
    private final Set<PublicKey> everywhere4;
    private final Set<PublicKey> everywhere6;

    private CryptokeyRouting(Map<Integer, Map<IpPrefix, PublicKey>> v4, Map<Integer, Map<IpPrefix, PublicKey>> v6) {
        this.v4 = v4;
        this.v6 = v6;
        everywhere4 = DefaultRoutes.inPieces(v4.values());
        everywhere6 = DefaultRoutes.inPieces(v6.values());
    }

    /**
     * Returns the routing of a device without peers.
     *
     * @return a routing that knows no address
     */
    public static CryptokeyRouting none() {
        return new CryptokeyRouting(Map.of(), Map.of());
    }

    /**
     * Returns the routing of a device's peers.
     *
     * @param device the device
     * @return the routing at the time when the device was read
     */
    public static CryptokeyRouting of(Device device) {
        Map<Integer, Map<IpPrefix, PublicKey>> v4 = new TreeMap<>(Comparator.reverseOrder());
        Map<Integer, Map<IpPrefix, PublicKey>> v6 = new TreeMap<>(Comparator.reverseOrder());
        for (Peer peer : device.peers()) {
            for (IpPrefix prefix : peer.allowedIps()) {
                (prefix.network().isIpv6() ? v6 : v4)
                        .computeIfAbsent(prefix.length(), length -> new HashMap<>())
                        .put(prefix, peer.publicKey());
            }
        }
        return new CryptokeyRouting(v4, v6);
    }

    /**
     * Returns the peer that an address belongs to.
     *
     * @param address an address inside the tunnel
     * @return the key of the peer with the longest matching prefix; empty where no prefix holds the address
     */
    public Optional<PublicKey> route(IpAddress address) {
        return longestMatch(address).map(Match::owner);
    }

    /**
     * Returns the peer that an address belongs to, default routes aside.
     *
     * <p>A default route may be in pieces: where the prefixes of a family together hold half of its addresses (of IPv6,
     * of 2000::/3), those count as one whose peer holds a sixteenth or more; only the single addresses that such a peer
     * has beside them are its own.
     *
     * @param address an address inside the tunnel
     * @return the key of the peer with the longest matching prefix; empty where that is a default route or a piece of
     *     one, and where there is none
     */
    public Optional<PublicKey> routeWithoutDefault(IpAddress address) {
        Set<PublicKey> everywhere = address.isIpv6() ? everywhere6 : everywhere4;
        return longestMatch(address)
                .filter(match -> match.length() == address.bitLength()
                        || (match.length() > 0 && !everywhere.contains(match.owner())))
                .map(Match::owner);
    }

    /**
     * Returns the peers that are a way to everywhere, whole default routes aside: those that hold pieces of one, as
     * {@link #routeWithoutDefault} has it.
     *
     * @return the keys, of either family
     */
    public Set<PublicKey> waysToEverywhere() {
        Set<PublicKey> all = new HashSet<>(everywhere4);
        all.addAll(everywhere6);
        return all;
    }

    private record Match(int length, PublicKey owner) {}

    private Optional<Match> longestMatch(IpAddress address) {
        for (Map.Entry<Integer, Map<IpPrefix, PublicKey>> sameLength : (address.isIpv6() ? v6 : v4).entrySet()) {
            int length = sameLength.getKey();
            PublicKey owner = sameLength.getValue().get(new IpPrefix(address, length));
            if (owner != null) {
                return Optional.of(new Match(length, owner));
            }
        }
        return Optional.empty();
    }
}
