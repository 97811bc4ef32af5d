package io.wgsd.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.follow.ZoneServer;
import io.wgsd.command.log.Log;
import io.wgsd.command.options.RelaySettings;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.server.VisibilityPolicy;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay and a registry that follow each other over loopback. */
@Timeout(60)
class RelayServiceTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");
    private static final TsigKey KEY =
            TsigKey.of("relay", "hmac-sha256", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    @TempDir
    private Path folder;

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final PeerSource source = wireGuard.source();
    private final ConcurrentLinkedQueue<String> reported = new ConcurrentLinkedQueue<>();
    private final Log log = new Log((level, line) -> reported.add(line));
    private InetSocketAddress relayDns;
    private RelaySettings settings;
    private Registry registry;
    private InetSocketAddress registryAddress;

    @BeforeEach
    void start() throws IOException {
        wireGuard.create("wg0");
        addPeer(ALICE);
        relayDns = freeAddress();
        settings = new RelaySettings(NAMES, List.of(Endpoint.of(freeAddress())), folder, Optional.empty());
        registry = registry(builder -> builder).start();
        registryAddress = registry.localAddresses().get(0);
    }

    @AfterEach
    void stop() {
        registry.close();
        source.close();
    }

    @Test
    void itsMembersAndTheirPolicyFollowTheRegistryByNotifyAlone() throws IOException {
        try (RelayService relay = startRelay()) {
            Await.until("the first member", () -> relay.members().keys().equals(List.of(ALICE)));

            addPeer(BOB);
            Await.until("the second member", () -> relay.members().keys().size() == 2);
            assertThat(relay.members().policy().mayReach(ALICE, BOB)).isTrue();

            registry.reconfigure(registry(builder -> builder.visibility(
                    VisibilityPolicy.builder().sees(BOB, List.of(ALICE)).build())));
            Await.until("the policy", () -> !relay.members().policy().mayReach(ALICE, BOB));
            assertThat(relay.members().policy().mayReach(BOB, ALICE)).isTrue();
            assertThat(reported).noneMatch(line -> line.contains("NOTIFY"));
        }
    }

    @Test
    void withoutTheRegistryItGoesOnWithTheMembersThatItHadAlsoAfterARestart() throws IOException {
        try (RelayService relay = startRelay()) {
            Await.until("the member", () -> relay.members().keys().equals(List.of(ALICE)));
            Await.until("the file", () -> settings.membersFile().toFile().exists());
            registry.close();
        }
        try (RelayService relay = startRelay()) {
            assertThat(relay.members().keys()).containsExactly(ALICE);
            Await.until("the report", () -> reported.stream().anyMatch(line -> line.contains("learned last (1)")));
            assertThat(relay.members().keys()).containsExactly(ALICE);
        }
    }

    @Test
    void aRegistryThatFollowsTheRelayAnnouncesIt() throws IOException {
        ZoneServer there = new ZoneServer(NAMES.origin(), "the relay", () -> relayDns, Optional.of(KEY), "");
        try (RelayService relay = startRelay();
                AnnouncedRelays announced = AnnouncedRelays.start(NAMES, List.of(there), address -> true, log)) {
            Await.until("the relay", () -> !announced.heard().isEmpty());
            assertThat(announced.heard().keySet()).singleElement().satisfies(each -> {
                assertThat(each.publicKey()).isEqualTo(relay.publicKey());
                assertThat(each.endpoints()).isEqualTo(settings.endpoints());
            });
            assertThat(announced.heard().values()).containsExactly(Set.of());
        }
    }

    private RelayService startRelay() throws IOException {
        ZoneServer server =
                new ZoneServer(NAMES.origin(), "the registry", () -> registryAddress, Optional.of(KEY), "let it");
        return RelayService.start(
                new RelayServiceSettings(settings, server, List.of(relayDns), List.of()), log, Duration.ofHours(1));
    }

    private RegistryBuilder registry(UnaryOperator<RegistryBuilder> more) {
        return more.apply(
                Registry.builder(source, "wg0", ZoneOptions.builder(NAMES).build())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .pollInterval(Duration.ofMillis(20))
                        .allowTransferKey(KEY)
                        .notifySecondary(relayDns, KEY)
                        .listener(new Registry.Listener() {
                            @Override
                            public void problem(String line) {
                                reported.add(line);
                            }
                        })
                        .tellsMembers(true));
    }

    private void addPeer(PublicKey key) throws IOException {
        source.apply("wg0", DeviceChange.builder().peer(key).build());
    }

    /** Returns an address that is free for UDP and TCP, with a port that the system gives to nobody by itself. */
    private static InetSocketAddress freeAddress() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        IOException taken = new IOException("no port is free");
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (DatagramSocket udp = new DatagramSocket(port, loopback);
                    ServerSocket tcp = new ServerSocket(port, 1, loopback)) {
                return new InetSocketAddress(loopback, port);
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }
}
