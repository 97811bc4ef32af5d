package io.wgsd.discovery.candidate;

import io.wgsd.discovery.CandidateSource;
import io.wgsd.discovery.Routes;
import io.wgsd.discovery.Routes.AttachedNetwork;
import io.wgsd.discovery.decide.local.AddressScope;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A host's addresses in its own networks: private ones, which hosts in the same network reach, and global ones of IPv6.
 *
 * <p>Of the global ones that comes first from which the host sends, since a firewall that lets answers in does so for
 * this address alone.
 */
public final class HostCandidates implements CandidateSource {

    /** Hosts have several for privacy (RFC 8981), most of which are about to be given up. */
    private static final int MOST_GLOBAL = 2;

    private static final InetSocketAddress FAR =
            new InetSocketAddress(IpAddress.parse("2001:db8::1").toInetAddress(), 9);

    private final Routes routes;

    public HostCandidates(Routes routes) {
        this.routes = routes;
    }

    @Override
    public List<Endpoint> candidates(Situation situation) {
        int port = situation.device().listenPort();
        if (port == 0) {
            return List.of();
        }
        List<IpAddress> own = routes.networks(situation.device().name()).stream()
                .map(AttachedNetwork::own)
                .distinct()
                .toList();
        List<IpAddress> found =
                new ArrayList<>(own.stream().filter(AddressScope::isPrivate).toList());
        Optional<IpAddress> sending = routes.source(FAR).filter(own::contains);
        List<IpAddress> global = new ArrayList<>(
                sending.filter(AddressScope::isGlobalIpv6).stream().toList());
        own.stream()
                .filter(AddressScope::isGlobalIpv6)
                .filter(each -> !global.contains(each))
                .forEach(global::add);
        global.stream().limit(MOST_GLOBAL).forEach(found::add);
        return found.stream().map(address -> Endpoint.of(address, port)).toList();
    }
}
