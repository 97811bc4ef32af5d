package io.wgsd.discovery.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.TimeSource;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device whose UDP leads nowhere, with connections that are there as soon as they are wanted. */
class CarriedDeviceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PublicKey REGISTRY = key(1);
    private static final PublicKey RELAY = key(2);
    private static final PublicKey ALICE = key(3);
    private static final PublicKey KEPT = key(4);
    private static final Endpoint AT_REGISTRY = Endpoint.parse("192.0.2.1:51820");
    private static final Endpoint AT_RELAY = Endpoint.parse("192.0.2.1:443");
    private static final Endpoint REGISTRY_SOCKET = Endpoint.parse("127.0.0.1:1001");
    private static final Endpoint RELAY_SOCKET = Endpoint.parse("127.0.0.1:1002");

    private final FakeSource source = new FakeSource();
    private final FakeLines lines = new FakeLines();
    private final List<AgentEvent> events = new ArrayList<>();
    private long seconds;

    @TempDir
    private Path folder;

    private Path file;
    private CarriedDevice device;

    @BeforeEach
    void open() {
        file = folder.resolve("wg0.tls");
        source.add(peer(REGISTRY, AT_REGISTRY, "10.0.0.254/32"));
        source.add(peer(RELAY, AT_RELAY));
        source.add(peer(ALICE, AT_RELAY, "10.0.0.1/32"));
        source.add(peer(KEPT, AT_RELAY, "10.0.0.9/32"));
        device = make();
    }

    @Test
    void peersAreCarriedAndShownWhereTheyWouldBe() throws Exception {
        carry();

        assertThat(source.endpoints())
                .containsEntry(REGISTRY, REGISTRY_SOCKET)
                .containsEntry(RELAY, RELAY_SOCKET)
                .containsEntry(ALICE, RELAY_SOCKET)
                .containsEntry(KEPT, AT_RELAY);
        assertThat(device.read(ReadOptions.defaults()).peers())
                .extracting(peer -> peer.endpoint().orElseThrow())
                .containsExactly(AT_REGISTRY, AT_RELAY, AT_RELAY, AT_RELAY);
        assertThat(events).containsExactly(new AgentEvent.TlsUp("relay.example.com:443"));
        assertThat(device.server()).contains("relay.example.com:443");
    }

    @Test
    void whatIsSentToTheRelayMeanwhileIsCarriedToo() throws Exception {
        carry();
        device.apply(DeviceChange.builder()
                .peer(ALICE)
                .updateOnly()
                .endpoint(Endpoint.parse("198.51.100.1:1"))
                .build());
        assertThat(source.endpoints()).containsEntry(ALICE, Endpoint.parse("198.51.100.1:1"));

        device.apply(DeviceChange.builder()
                .peer(ALICE)
                .updateOnly()
                .endpoint(AT_RELAY)
                .build());
        assertThat(source.endpoints()).containsEntry(ALICE, RELAY_SOCKET);
    }

    @Test
    void theEndpointOfTheRegistrysPeerIsNotedBeforeAndGivenBackAtTheEnd() throws Exception {
        carry();
        assertThat(Files.readString(file))
                .isEqualTo("registry " + REGISTRY + " " + AT_REGISTRY + " " + REGISTRY_SOCKET + "\n");

        device.close();
        assertThat(source.endpoints())
                .containsEntry(REGISTRY, AT_REGISTRY)
                .containsEntry(RELAY, AT_RELAY)
                .containsEntry(ALICE, AT_RELAY);
        assertThat(Files.readString(file)).isEmpty();
        assertThat(lines.closed).isTrue();
    }

    @Test
    void theEndpointThatAnotherSetsMeanwhileIsTheOneThatIsGivenBack() throws Exception {
        carry();
        Endpoint moved = Endpoint.parse("192.0.2.7:51820");
        device.apply(DeviceChange.builder()
                .peer(REGISTRY)
                .updateOnly()
                .endpoint(moved)
                .build());
        assertThat(source.endpoints()).containsEntry(REGISTRY, REGISTRY_SOCKET);
        assertThat(Files.readString(file)).contains(moved.toString());

        device.close();
        assertThat(source.endpoints()).containsEntry(REGISTRY, moved);
    }

    @Test
    void afterACrashTheNextStartGivesItBack() throws Exception {
        carry();
        device = make();
        lines.open.clear();
        device.read(ReadOptions.defaults());

        assertThat(source.endpoints()).containsEntry(REGISTRY, AT_REGISTRY);
        assertThat(Files.readString(file)).isEmpty();
    }

    @Test
    void aRegistrysPeerThatAnotherHasSetSinceTheCrashStaysAsItIs() throws Exception {
        carry();
        Endpoint other = Endpoint.parse("192.0.2.7:51820");
        source.apply(
                "wg0", DeviceChange.builder().peer(REGISTRY).endpoint(other).build());
        device = make();
        device.read(ReadOptions.defaults());

        assertThat(source.endpoints()).containsEntry(REGISTRY, other);
    }

    @Test
    void aFileThatMakesNoSenseIsSetAsideAndReported() throws Exception {
        Files.writeString(file, "what is this\n");
        device.read(ReadOptions.defaults());

        assertThat(events).singleElement().asString().contains("it is no line that an agent writes");
    }

    @Test
    void nothingIsWrittenWithoutAConnection() throws Exception {
        lines.open.clear();
        carry();

        assertThat(source.changes).isEmpty();
    }

    @Test
    void whatCannotBeNotedIsNotWritten() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "");
        file = noFolder.resolve("wg0.tls");
        device = make();
        carry();

        assertThat(source.endpoints()).containsEntry(REGISTRY, AT_REGISTRY);
        assertThat(source.endpoints()).containsEntry(RELAY, RELAY_SOCKET);
        assertThat(events).anySatisfy(event -> assertThat(event.toString()).contains("cannot be changed"));
    }

    private void carry() throws Exception {
        for (int i = 0; i < 8; i++) {
            seconds++;
            source.sent(REGISTRY, 148);
            source.sent(RELAY, 148);
            device.read(ReadOptions.defaults());
        }
    }

    private CarriedDevice make() {
        lines.open = EnumSet.allOf(Destination.class);
        return new CarriedDevice(
                source,
                "wg0",
                new CarriagePeers(Set.of(IpAddress.parse("10.0.0.254")), Set.of(KEPT), endpoint -> true, false),
                lines,
                new CarriageFile(file),
                events::add,
                new CarriageProblems("relay.example.com:443", "do this"),
                new Clock());
    }

    private static Peer peer(PublicKey key, Endpoint endpoint, String... allowed) {
        return Peer.builder(key)
                .endpoint(endpoint)
                .allowedIps(Arrays.stream(allowed).map(IpPrefix::parse).toList())
                .persistentKeepalive(Duration.ofSeconds(25))
                .build();
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }

    private final class Clock implements TimeSource {

        @Override
        public Moment now() {
            return new Moment(
                    START.plusSeconds(seconds), Duration.ofSeconds(seconds).toNanos());
        }
    }

    private static final class FakeLines implements CarriageLines {

        private Set<Destination> open = EnumSet.allOf(Destination.class);
        private final Set<Destination> wanted = EnumSet.noneOf(Destination.class);
        private boolean closed;

        @Override
        public Endpoint endpoint(Destination destination) {
            return destination == Destination.RELAY ? RELAY_SOCKET : REGISTRY_SOCKET;
        }

        @Override
        public void want(Destination destination, boolean now) {
            if (now) {
                wanted.add(destination);
            } else {
                wanted.remove(destination);
            }
        }

        @Override
        public boolean isOpen(Destination destination) {
            return wanted.contains(destination) && open.contains(destination);
        }

        @Override
        public Duration down(Destination destination) {
            return Duration.ZERO;
        }

        @Override
        public void setWireGuardPort(int port) {
            assertThat(port).isEqualTo(51820);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class FakeSource implements PeerSource {

        private final Map<PublicKey, Peer> peers = new TreeMap<>();
        private final List<DeviceChange> changes = new ArrayList<>();

        void add(Peer peer) {
            peers.put(peer.publicKey(), peer);
        }

        void sent(PublicKey key, long bytes) {
            peers.computeIfPresent(
                    key,
                    (same, peer) -> peer.withStatistics(
                            PeerStatistics.of(null, 0, peer.statistics().txBytes() + bytes)));
        }

        Map<PublicKey, Endpoint> endpoints() {
            Map<PublicKey, Endpoint> endpoints = new TreeMap<>();
            peers.forEach((key, peer) -> endpoints.put(key, peer.endpoint().orElseThrow()));
            return endpoints;
        }

        @Override
        public Set<String> deviceNames() {
            return Set.of("wg0");
        }

        @Override
        public Device read(String name, ReadOptions options) {
            return Device.builder(name, DeviceKind.KERNEL)
                    .listenPort(51820)
                    .peers(peers.values())
                    .build();
        }

        @Override
        public void apply(String name, DeviceChange change) {
            changes.add(change);
            for (PeerChange each : change.peers()) {
                peers.computeIfPresent(
                        each.publicKey(),
                        (key, before) -> Peer.builder(key)
                                .endpoint(each.endpoint().or(before::endpoint).orElseThrow())
                                .allowedIps(before.allowedIps())
                                .persistentKeepalive(Duration.ofSeconds(25))
                                .statistics(before.statistics())
                                .build());
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
