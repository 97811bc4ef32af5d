package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.members.PeerNames;
import io.wgsd.model.Device;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;

/**
 * What the zone says of peers at the names that people give them: the tunnel addresses at {@code <name>.Z}, which are
 * the allowed IPs of one address, and at {@code _wireguard._udp.<name>.Z} where the peer is reached.
 *
 * <p>A peer without an endpoint has its addresses too; the device itself has them where it is advertised. Keeps its last
 * result, since most readings do not change it. Not thread-safe.
 */
final class NameRecords {

    /** Of each family; resolvers of BIND and dnsmasq refuse an RRset of more than 100 records. */
    private static final int MAX_ADDRESSES = 100;

    private final ZoneOptions options;
    private List<Facts> facts = List.of();
    private List<NamedPeer> named = List.of();

    /** What the records of one peer are made of. */
    private record Facts(PublicKey key, String name, List<IpAddress> addresses, Optional<Integer> port) {}

    NameRecords(ZoneOptions options) {
        this.options = options;
    }

    /**
     * Returns the records of the peers that have names: the very same list where nothing has changed.
     *
     * @param device the device
     * @param names the names
     * @param served the peers that the zone has
     * @param relays the relays that it announces, whose keys are no peers' there
     */
    List<NamedPeer> of(
            Device device, PeerNames names, List<Advertisement> served, Collection<RelayAdvertisement> relays) {
        List<Facts> now = names.isEmpty() ? List.of() : facts(device, names, served, relays);
        if (!now.equals(facts)) {
            facts = now;
            named = now.stream()
                    .map(each -> new NamedPeer(each.key(), records(each)))
                    .toList();
        }
        return named;
    }

    private static List<Facts> facts(
            Device device, PeerNames names, List<Advertisement> served, Collection<RelayAdvertisement> relays) {
        Map<PublicKey, Advertisement> reached = new HashMap<>();
        served.stream()
                .filter(peer -> !peer.endpoints().isEmpty())
                .forEach(peer -> reached.put(peer.publicKey(), peer));
        Set<PublicKey> ofRelays = new HashSet<>();
        relays.forEach(relay -> ofRelays.add(relay.publicKey()));
        List<Facts> facts = new ArrayList<>();
        names.asMap().forEach((key, name) -> {
            Optional<Advertisement> advertised = Optional.ofNullable(reached.get(key));
            Collection<IpPrefix> allowed = device.peer(key)
                    .<Collection<IpPrefix>>map(Peer::allowedIps)
                    .or(() -> advertised.map(Advertisement::allowedIps))
                    .orElse(List.of());
            Optional<Integer> port = advertised
                    .filter(peer -> !ofRelays.contains(key))
                    .map(peer -> peer.endpoints().get(0).port());
            List<IpAddress> addresses = Stream.of(false, true)
                    .flatMap(ipv6 -> allowed.stream()
                            .filter(NameRecords::isOneAddress)
                            .map(IpPrefix::network)
                            .filter(address -> address.isIpv6() == ipv6)
                            .limit(MAX_ADDRESSES))
                    .toList();
            if (!addresses.isEmpty() || port.isPresent()) {
                facts.add(new Facts(key, name, addresses, port));
            }
        });
        return facts;
    }

    private static boolean isOneAddress(IpPrefix prefix) {
        return prefix.length() == prefix.network().bitLength();
    }

    private List<Record> records(Facts peer) {
        DnsSdNames names = options.names();
        long ttl = options.peerTtl().toSeconds();
        Name owner = name(peer.name(), names.origin());
        List<Record> records = new ArrayList<>();
        for (IpAddress address : peer.addresses()) {
            records.add(
                    address.isIpv6()
                            ? new AAAARecord(owner, DClass.IN, ttl, address.toInetAddress())
                            : new ARecord(owner, DClass.IN, ttl, address.toInetAddress()));
        }
        peer.port()
                .ifPresent(port -> records.add(new SRVRecord(
                        name("_wireguard._udp", owner), DClass.IN, ttl, 0, 0, port, names.host(peer.key()))));
        return records;
    }

    /** A zone whose peers' names fit has room for these, which are shorter. */
    private static Name name(String labels, Name parent) {
        try {
            return Name.fromString(labels, parent);
        } catch (TextParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
