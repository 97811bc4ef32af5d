package io.wgsd.server.candidate;

import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.UnusableAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which endpoints a peer may register for itself: those in private networks, which only hosts there reach, and those at
 * the address where the registry sees it, or a relay hears it. So no peer can aim the others at somebody else. Pure
 * functions.
 */
final class CandidateRules {

    /** How many endpoints a peer may register. */
    static final int MOST = 8;

    /** Ports below are those of services that answer strangers. */
    private static final int LEAST_PORT = 1024;

    private static final int SITE = 64;

    /** RFC 1918, RFC 6598, RFC 4193. */
    private static final List<IpPrefix> PRIVATE = List.of(
            IpPrefix.parse("10.0.0.0/8"),
            IpPrefix.parse("172.16.0.0/12"),
            IpPrefix.parse("192.168.0.0/16"),
            IpPrefix.parse("100.64.0.0/10"),
            IpPrefix.parse("fc00::/7"));

    private CandidateRules() {}

    /**
     * Returns why a peer may not register an endpoint.
     *
     * @param candidate the endpoint
     * @param key the peer's key
     * @param device the registry's device as it was read last
     * @param heard the addresses at which relays have heard the peer lately
     * @return the reason; empty where it may
     */
    static Optional<String> refusal(Endpoint candidate, PublicKey key, Device device, Set<IpAddress> heard) {
        IpAddress address = candidate.address();
        Optional<String> unusable = UnusableAddress.reason(address);
        if (unusable.isPresent()) {
            return unusable;
        }
        if (candidate.port() < LEAST_PORT) {
            return Optional.of("its port is below " + LEAST_PORT);
        }
        if (isInTunnel(address, device)) {
            return Optional.of("it is inside the tunnel");
        }
        if (PRIVATE.stream().anyMatch(prefix -> prefix.contains(address))) {
            return Optional.empty();
        }
        boolean seen = Stream.concat(
                        device.peer(key).flatMap(Peer::endpoint).map(Endpoint::address).stream(), heard.stream())
                .anyMatch(each -> site(each).equals(site(address)));
        return seen ? Optional.empty() : Optional.of("neither the registry nor a relay sees you at this address");
    }

    /** A host chooses its addresses in its own IPv6 network of 64 bits (RFC 8981). */
    private static IpAddress site(IpAddress address) {
        return address.isIpv6() ? address.network(SITE) : address;
    }

    private static boolean isInTunnel(IpAddress address, Device device) {
        return device.peers().stream()
                .flatMap(peer -> peer.allowedIps().stream())
                .anyMatch(prefix -> prefix.length() > 0 && prefix.contains(address));
    }
}
