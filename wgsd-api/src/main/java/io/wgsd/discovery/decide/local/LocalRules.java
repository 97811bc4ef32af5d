package io.wgsd.discovery.decide.local;

import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says which of the endpoints that a peer has registered this host may try. Many networks have the same private
 * addresses, and a peer may lie; so an address in a private network is tried only by a host that is behind the same
 * public address and attached to that network, and nothing is sent to what is no ordinary host there.
 */
public final class LocalRules {

    /** Ports below are those of services that answer strangers. */
    private static final int LEAST_PORT = 1024;

    /** As many as may be registered. */
    private static final int MOST_REGISTERED = 8;

    /** More would only be tried after the attempts are used up. */
    private static final int MOST = 2;

    private LocalRules() {}

    /**
     * Returns what may be tried.
     *
     * @param registered what the peer has registered, best first
     * @param sameSite whether registries see both at the same public address
     * @param networks the networks that this host is attached to
     * @param good which endpoints are not refused for other reasons, and have a route
     */
    public static Nearby of(
            List<Endpoint> registered, boolean sameSite, List<AttachedNetwork> networks, Predicate<Endpoint> good) {
        List<Endpoint> usable = registered.stream()
                .limit(MOST_REGISTERED)
                .filter(each -> each.port() >= LEAST_PORT)
                .distinct()
                .toList();
        List<Endpoint> local = usable.stream()
                .filter(each -> sameSite && AddressScope.isPrivate(each.address()))
                .filter(each -> isNeighbour(each.address(), networks))
                .filter(good)
                .limit(MOST)
                .toList();
        List<Endpoint> others = usable.stream()
                .filter(each -> !AddressScope.isPrivate(each.address()))
                .filter(good)
                .limit(MOST)
                .toList();
        return new Nearby(local, others, false);
    }

    /** Returns whether an address is that of an ordinary host in one of the networks. */
    static boolean isNeighbour(IpAddress address, List<AttachedNetwork> networks) {
        boolean special = networks.stream()
                .anyMatch(each -> each.gateways().contains(address)
                        || each.own().equals(address)
                        || each.prefix().network().equals(address)
                        || Optional.of(address).equals(broadcast(each.prefix())));
        return !special && networks.stream().anyMatch(each -> each.prefix().contains(address));
    }

    /** Returns the last address of a network of IPv4, which means all hosts in it (RFC 919). */
    private static Optional<IpAddress> broadcast(IpPrefix prefix) {
        if (prefix.network().isIpv6()) {
            return Optional.empty();
        }
        byte[] bytes = prefix.network().toBytes();
        for (int bit = prefix.length(); bit < prefix.network().bitLength(); bit++) {
            bytes[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return Optional.of(IpAddress.of(bytes));
    }
}
