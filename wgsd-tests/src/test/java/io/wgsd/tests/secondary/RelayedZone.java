package io.wgsd.tests.secondary;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.KeyDirectory;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.ZoneSigner;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.RelaySource;
import io.wgsd.testkit.memory.MemoryDevice;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A registry as a process of its own, whose zone has a relay that hears a peer, what is known of that peer's NAT, and
 * what relays elsewhere are told.
 *
 * <p>The peer sends to the device and to the relay twice a second, from the same address and port, until the process
 * is ended.
 */
final class RelayedZone implements RelaySource {

    static final PublicKey HEARD = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    static final PublicKey UNHEARD = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    static final PublicKey WITHOUT_ENDPOINT = PublicKey.parse("JeZlz14G8tg1Bqh6apteFCwVhNhpexJ19FDPfuxQtUY=");
    static final PublicKey RELAY = PublicKey.parse("1Q+zJVRRCgpyCQ1UFIgyCTmIZ9lS1bbjIXZEUTlIFEE=");

    private static final Endpoint SOURCE = Endpoint.parse("203.0.113.1:1000");
    private static final List<Endpoint> RELAY_ENDPOINTS =
            List.of(Endpoint.parse("192.0.2.9:443"), Endpoint.parse("[2001:db8::9]:443"));

    private RelayedZone() {}

    /** Takes the address to listen at, the folder of the zone's keys or nothing, and the secondaries' addresses. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        DnsSdNames names = DnsSdNames.parse("example.com");
        MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
        MemoryDevice device = wireGuard.create("wg0");
        device.apply(DeviceChange.builder()
                .peer(HEARD)
                .endpoint(SOURCE)
                .peer(UNHEARD)
                .endpoint(Endpoint.parse("203.0.113.2:2000"))
                .peer(WITHOUT_ENDPOINT)
                .build());
        RegistryBuilder registry = Registry.builder(
                        wireGuard.source(), "wg0", ZoneOptions.builder(names).build())
                .listen(new InetSocketAddress(InetAddress.getByName(arguments[0]), 53))
                .relays(new RelayedZone())
                .deviceAddresses(List.of(IpAddress.parse("192.0.2.1")))
                .tellsMembers(true);
        if (!arguments[1].isEmpty()) {
            registry.signWith(new ZoneSigner(new KeyDirectory(Path.of(arguments[1])).keys(names, Instant.now())));
        }
        for (String secondary : Arrays.asList(arguments).subList(2, arguments.length)) {
            registry.notifySecondary(new InetSocketAddress(InetAddress.getByName(secondary), 53));
        }
        try (Registry running = registry.start()) {
            System.out.println("ready: " + running.localAddresses());
            while (true) {
                device.count(HEARD, 32, 0);
                Thread.sleep(500);
            }
        }
    }

    @Override
    public Map<RelayAdvertisement, Set<PublicKey>> heard() {
        return Map.of(new RelayAdvertisement(RELAY, RELAY_ENDPOINTS), Set.of(HEARD));
    }

    @Override
    public Collection<Sighting> sightings() {
        return List.of(new Sighting(
                HEARD, RELAY_ENDPOINTS.get(0), SOURCE, TimeSource.system().nanos()));
    }
}
