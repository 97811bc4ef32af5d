package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** A registry in a process of its own: says its port, and moves the one peer to each endpoint that it reads. */
final class SmallHeapRegistry {

    /** The longest names that a zone can have. */
    static final DnsSdNames NAMES =
            DnsSdNames.parse("a".repeat(55) + "." + "b".repeat(55) + "." + "c".repeat(50) + ".example");

    private SmallHeapRegistry() {}

    public static void main(String[] args) throws IOException {
        MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
        wireGuard.create("wg0");
        move(wireGuard, "203.0.113.1:1");
        RegistryBuilder builder = Registry.builder(
                        wireGuard.source(), "wg0", ZoneOptions.builder(NAMES).build())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (Registry registry = builder.start()) {
            System.out.println(registry.localAddresses().get(0).getPort());
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                move(wireGuard, line);
            }
        }
    }

    private static void move(MemoryWireGuard wireGuard, String endpoint) throws IOException {
        wireGuard
                .source()
                .apply(
                        "wg0",
                        DeviceChange.builder()
                                .peer(ALICE)
                                .endpoint(Endpoint.parse(endpoint))
                                .build());
    }
}
