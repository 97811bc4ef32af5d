package io.wgsd.server.answer.access;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.server.transport.Arrival;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which clients are answered: this host and the peers have everything, the rest what the rules for outsiders
 * say. To be a peer is not enough for a transfer.
 *
 * <p>A source address is worth what the interface proves on which it arrived. The kernel lets nothing in from a
 * WireGuard device unless the peer that sent it has the source in its allowed IPs (drivers/net/wireguard/receive.c), so
 * there it names the peer, which may well be allowed 0.0.0.0/0. The same source from any other interface is forged.
 * Immutable and thread-safe.
 */
public final class AccessPolicy {

    private final CryptokeyRouting peers;
    private final Set<IpAddress> own;
    private final Outsiders outsiders;
    private final List<IpPrefix> secondaries;

    /**
     * Makes the policy of one reading of a device.
     *
     * @param peers which addresses belong to peers
     * @param own addresses of this host, at which the registry listens
     * @param outsiders what all others may have
     * @param secondaries the clients that may have the whole zone in one transfer, whether peers or others
     */
    public AccessPolicy(CryptokeyRouting peers, Set<IpAddress> own, Outsiders outsiders, List<IpPrefix> secondaries) {
        this.peers = peers;
        this.own = Set.copyOf(own);
        this.outsiders = outsiders;
        this.secondaries = List.copyOf(secondaries);
    }

    /**
     * Returns what a client may have.
     *
     * @param source the source address, never an IPv4-mapped one
     * @param arrival through which interface the message came
     * @return the access, and what speaks for it
     */
    public Grant grant(IpAddress source, Arrival arrival) {
        // What this host sends to itself, Linux lets arrive at the interface that has the address (rt_iif in
        // net/ipv4/route.c, ip6_rcv_core in net/ipv6/ip6_input.c), and at the loopback only what is sent to addresses
        // there. A host that forges such a source learns nothing, because the answer stays here.
        if (arrival == Arrival.LOOPBACK || (own.contains(source) && meansOneHost(source, arrival))) {
            return new Grant(Access.TRANSFER, null, true);
        }
        Grant grant = grantOfOthers(source, arrival);
        return grant.access() != Access.NOTHING && secondaries.stream().anyMatch(prefix -> prefix.contains(source))
                ? new Grant(Access.TRANSFER, grant.peer(), grant.known())
                : grant;
    }

    private Grant grantOfOthers(IpAddress source, Arrival arrival) {
        return switch (arrival) {
            case DEVICE -> peers.route(source).map(AccessPolicy::peer).orElseGet(() -> outsider(source));
            // Nothing is proved here. A prefix of length 0 would make a peer of the whole world, so it does not count.
            case UNKNOWN ->
                source.isLoopback()
                        ? new Grant(Access.EVERYTHING, null, true)
                        : peerElsewhere(source, arrival).map(AccessPolicy::peer).orElseGet(() -> outsider(source));
            default ->
                source.isLoopback() || peerElsewhere(source, arrival).isPresent()
                        ? new Grant(Access.NOTHING, null, false)
                        : outsider(source);
        };
    }

    private Optional<PublicKey> peerElsewhere(IpAddress source, Arrival arrival) {
        return meansOneHost(source, arrival) ? peers.routeWithoutDefault(source) : Optional.empty();
    }

    /** A link-local address is another host's on each link, and only on the device's it is ours or a peer's. */
    private static boolean meansOneHost(IpAddress source, Arrival arrival) {
        return arrival == Arrival.DEVICE || !source.isIpv6() || !source.isLinkLocal();
    }

    private static Grant peer(PublicKey key) {
        return new Grant(Access.EVERYTHING, key, true);
    }

    private Grant outsider(IpAddress source) {
        return new Grant(outsiders.access(source), null, false);
    }
}
