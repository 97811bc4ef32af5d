package io.wgsd.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells whose an address inside the tunnel is: the peer with the longest allowed IP that holds it, as WireGuard decides
 * (drivers/net/wireguard/allowedips.c).
 *
 * <p>Immutable and thread-safe. A look-up costs one hash table access for each length of prefix that the device uses.
 */
public final class CryptokeyRouting {

    private final Map<Integer, Map<IpPrefix, PublicKey>> v4;
    private final Map<Integer, Map<IpPrefix, PublicKey>> v6;

    private CryptokeyRouting(Map<Integer, Map<IpPrefix, PublicKey>> v4, Map<Integer, Map<IpPrefix, PublicKey>> v6) {
        this.v4 = v4;
        this.v6 = v6;
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
        return longestMatch(address, 0);
    }

    /**
     * Returns the peer that an address belongs to, default routes aside.
     *
     * @param address an address inside the tunnel
     * @return the key of the peer with the longest matching prefix of at least one bit; empty where there is none
     */
    public Optional<PublicKey> routeWithoutDefault(IpAddress address) {
        return longestMatch(address, 1);
    }

    private Optional<PublicKey> longestMatch(IpAddress address, int shortest) {
        for (Map.Entry<Integer, Map<IpPrefix, PublicKey>> sameLength : (address.isIpv6() ? v6 : v4).entrySet()) {
            int length = sameLength.getKey();
            PublicKey owner = length < shortest ? null : sameLength.getValue().get(new IpPrefix(address, length));
            if (owner != null) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }
}
