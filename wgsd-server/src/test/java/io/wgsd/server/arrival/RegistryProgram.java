package io.wgsd.server.arrival;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;

/**
 * A registry at the own addresses of an interface named wg0, whose WireGuard is in memory: alice and bob have an
 * address of each family and see each other, and exit is allowed everything and sees itself alone. Says "ready" or what
 * is wrong, and then each line the forged queries.
 */
final class RegistryProgram {

    private RegistryProgram() {}

    public static void main(String[] args) throws IOException {
        MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
        wireGuard.create("wg0");
        try (PeerSource source = wireGuard.source()) {
            addPeer(source, 1, "10.0.0.1/32", "fd00::1/128");
            addPeer(source, 2, "10.0.0.2/32", "fd00::2/128");
            addPeer(source, 3, "0.0.0.0/0", "::/0");
            ZoneOptions zone =
                    ZoneOptions.builder(DnsSdNames.parse("example.com")).build();
            RegistryBuilder builder = Registry.builder(source, "wg0", zone)
                    .visibility(VisibilityPolicy.builder()
                            .group(List.of(key(1), key(2)))
                            .sees(key(3), List.of(key(3)))
                            .build())
                    .listener(new Announcer());
            try (Registry registry = builder.start()) {
                Child.serve(line -> String.valueOf(registry.stats().forged()));
            }
        }
    }

    private static void addPeer(PeerSource source, int number, String... allowedIps) throws IOException {
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(key(number))
                        .endpoint(Endpoint.parse("198.51.100.1:" + number))
                        .addAllowedIps(List.of(allowedIps).stream()
                                .map(IpPrefix::parse)
                                .toList())
                        .build());
    }

    private static PublicKey key(int number) {
        byte[] key = new byte[PublicKey.LENGTH];
        key[0] = (byte) number;
        return PublicKey.of(key);
    }

    private static final class Announcer implements Registry.Listener {

        @Override
        public void ready(List<InetSocketAddress> addresses) {
            System.out.println("ready");
        }

        @Override
        public void problem(String line) {
            System.out.println(line);
        }
    }
}
