package io.wgsd.command.netcheck;

import io.wgsd.command.portmap.Routers;
import io.wgsd.discovery.Routes;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.PortMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.ResolverConfig;

/** Looks at this host's network, given what registries say of it. Blocks for some seconds. Changes nothing. */
public final class NetworkChecks {

    /** To see which way the internet is; nothing is sent there. These are a.root-servers.net's. */
    private static final Endpoint SOMEWHERE_IPV4 = Endpoint.parse("198.41.0.4:53");

    private static final Endpoint SOMEWHERE_IPV6 = Endpoint.parse("[2001:503:ba3e::2:30]:53");

    private final Device device;
    private final DnsSdNames names;
    private final List<RegistryAnswer> answers;
    private final List<Endpoint> outside;

    /**
     * @param servers the registries' addresses inside the tunnel
     */
    public NetworkChecks(
            Device device, DnsSdNames names, List<RegistryAnswer> answers, Collection<InetSocketAddress> servers) {
        this.device = device;
        this.names = names;
        this.answers = List.copyOf(answers);
        outside = outside(device, answers, servers);
    }

    /** Where registries and relays are on the internet, registries first. */
    private static List<Endpoint> outside(
            Device device, List<RegistryAnswer> answers, Collection<InetSocketAddress> servers) {
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        List<PublicKey> registries = servers.stream()
                .flatMap(server -> routing.route(IpAddress.of(server.getAddress())).stream())
                .toList();
        return Stream.concat(
                        device.peers().stream()
                                .filter(peer -> registries.contains(peer.publicKey()))
                                .map(Peer::endpoint)
                                .flatMap(Optional::stream),
                        answers.stream()
                                .flatMap(answer -> answer.relays().stream())
                                .map(RelayAdvertisement::endpoints)
                                .flatMap(List::stream))
                .distinct()
                .toList();
    }

    /** Returns what was seen, in the order in which it is printed. */
    public List<Fact> run() throws IOException, InterruptedException {
        List<Family> families = List.of(
                family(Family.V4, StandardProtocolFamily.INET, SOMEWHERE_IPV4),
                family(Family.V6, StandardProtocolFamily.INET6, SOMEWHERE_IPV6));
        List<Endpoint> seen =
                answers.stream().flatMap(answer -> answer.seen().stream()).toList();
        Ping ping = new SystemPing();
        List<Fact> facts = new ArrayList<>();
        answers.forEach(answer -> facts.add(answer.fact()));
        families.forEach(family -> facts.add(family.fact(seen)));
        facts.add(Mapping.of(answers, families));
        Family ipv4 = families.get(0);
        Optional<Endpoint> far = outside.stream()
                .filter(endpoint -> families.stream()
                        .anyMatch(family -> family.name().equals(Family.of(endpoint)) && isUsable(family)))
                .findFirst();
        Optional<InetAddress> translated = translated(ipv4);
        if (translated.isPresent() && far.isPresent()) {
            facts.add(Hairpin.of(translated.get(), far.get().toSocketAddress()));
        }
        if (translated.isPresent()) {
            facts.add(ports(IpAddress.of(translated.get())));
        }
        facts.addAll(Relays.of(answers, ping));
        if (far.isPresent()) {
            facts.add(PathMtu.of(far.get().address().toInetAddress(), device.name(), mtu(), ping));
        }
        facts.add(SystemResolver.of(ResolverConfig.getCurrentConfig().servers(), names, listed()));
        return facts;
    }

    private Fact ports(IpAddress seen) throws InterruptedException {
        Optional<Gateway> router = Routers.translating(Routes.system(), device.name(), seen);
        List<MappingOffer> offers = router.isPresent() ? PortMapper.offers(router.get()) : List.of();
        return PortForwarding.of(router, seen, offers);
    }

    /** The key by which a registry that answered advertises this host. */
    private Optional<PublicKey> listed() {
        return answers.stream()
                .flatMap(answer -> answer.self().stream())
                .map(Advertisement::publicKey)
                .findFirst();
    }

    /** The address that a NAT gives this host, where one does. */
    private Optional<InetAddress> translated(Family ipv4) {
        return answers.stream()
                .flatMap(answer -> answer.seen().stream())
                .filter(endpoint -> Family.of(endpoint).equals(Family.V4) && isUsable(ipv4))
                .map(endpoint -> endpoint.address().toInetAddress())
                .filter(address -> !ipv4.local().equals(Optional.of(address)))
                .findFirst();
    }

    private static boolean isUsable(Family family) {
        return family.local().isPresent() && !family.throughDevice();
    }

    private int mtu() throws IOException {
        NetworkInterface link = NetworkInterface.getByName(device.name());
        // Where it is not a network interface of this namespace, what wg-quick sets.
        return link == null ? 1420 : link.getMTU();
    }

    private Family family(String name, StandardProtocolFamily family, Endpoint somewhere) throws IOException {
        Endpoint target = outside.stream()
                .filter(endpoint -> Family.of(endpoint).equals(name))
                .findFirst()
                .orElse(somewhere);
        Optional<InetAddress> local;
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.connect(target.toSocketAddress());
            local = Optional.of(((InetSocketAddress) channel.getLocalAddress()).getAddress());
        } catch (IOException | UnsupportedOperationException e) {
            local = Optional.empty();
        }
        boolean throughDevice = false;
        if (local.isPresent()) {
            NetworkInterface link = NetworkInterface.getByInetAddress(local.get());
            throughDevice = link != null && link.getName().equals(device.name());
        }
        return new Family(name, local, throughDevice);
    }
}
