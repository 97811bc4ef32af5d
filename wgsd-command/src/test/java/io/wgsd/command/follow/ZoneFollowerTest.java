package io.wgsd.command.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.server.RegistryBuilder;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/** A zone of a registry, followed over loopback. */
@Timeout(60)
class ZoneFollowerTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final TsigKey KEY =
            TsigKey.of("asker", "hmac-sha256", "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final PeerSource source = wireGuard.source();
    private final Heard heard = new Heard();
    private Registry registry;

    @BeforeEach
    void start() throws IOException {
        wireGuard.create("wg0");
        setPeer(1, "203.0.113.1:1000");
        RegistryBuilder builder = Registry.builder(
                        source, "wg0", ZoneOptions.builder(NAMES).build())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .pollInterval(Duration.ofMillis(20))
                .allowTransferKey(KEY);
        registry = builder.start();
        Await.until("the first zone", () -> registry.zone().isPresent());
    }

    @AfterEach
    void stop() {
        registry.close();
        source.close();
    }

    @Test
    void itBringsTheWholeZoneAndThenWhatHasChanged() throws Exception {
        try (ZoneFollower follower = follow(Optional.of(KEY), 100, Duration.ofMillis(1))) {
            assertThat(heard.records()).containsExactly("1000");

            setPeer(2, "203.0.113.2:2000");
            assertThat(heard.records()).containsExactly("1000", "2000");
            long whole = registry.stats().transfers();
            setPeer(1, "203.0.113.1:1001");
            assertThat(heard.records()).containsExactly("1001", "2000");

            assertThat(whole).isOne();
            assertThat(registry.stats().transfers()).isOne();
            assertThat(registry.stats().incrementalTransfers()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void itAsksAtOnceWhenItIsTold() throws Exception {
        try (ZoneFollower follower = follow(Optional.empty(), 100, SELDOM)) {
            assertThat(heard.records()).containsExactly("1000");
            setPeer(2, "203.0.113.2:2000");
            Await.until(
                    "the next zone", () -> registry.zone().orElseThrow().peers().size() == 2);

            follower.tell();

            assertThat(heard.records()).containsExactly("1000", "2000");
        }
    }

    @Test
    void itBringsTheWholeZoneAgainNowAndThenThoughTheSerialIsTheSame() throws Exception {
        AtomicLong nanos = new AtomicLong();
        ZoneServer server = new ZoneServer(NAMES.origin(), "the registry", this::address, Optional.empty(), "let it");
        try (ZoneFollower follower =
                ZoneFollower.start(server, ZoneFollowerTest::isWanted, 100, Duration.ofMillis(1), heard, nanos::get)) {
            assertThat(heard.records()).containsExactly("1000");
            assertThat(registry.stats().transfers()).isOne();

            nanos.addAndGet(Duration.ofMinutes(11).toNanos());

            Await.until("the whole zone", () -> registry.stats().transfers() == 2);
        }
        assertThat(heard.contents).isEmpty();
    }

    @Test
    void aFollowerThatTakesNothingOlderIsNeverBroughtTheWholeZoneAgain() throws Exception {
        AtomicLong nanos = new AtomicLong();
        AtomicInteger reached = new AtomicInteger();
        ZoneServer server = new ZoneServer(NAMES.origin(), "the registry", this::address, Optional.empty(), "let it");
        ZoneFollower.Listener listener = new ZoneFollower.Listener() {
            @Override
            public void changed(Set<Record> records) {}

            @Override
            public boolean takesOlder() {
                return false;
            }

            @Override
            public void failed(String problem) {
                throw new AssertionError(problem);
            }

            @Override
            public void reached() {
                reached.incrementAndGet();
            }
        };
        try (ZoneFollower follower =
                ZoneFollower.start(server, each -> true, 100, Duration.ofMillis(1), listener, nanos::get)) {
            Await.until("the first zone", () -> reached.get() > 0);
            nanos.addAndGet(Duration.ofMinutes(11).toNanos());
            int before = reached.get();

            Await.until("two more answers", () -> reached.get() > before + 1);

            assertThat(registry.stats().transfers()).isOne();
        }
    }

    @Test
    void aRefusalSaysWhatToDo() throws Exception {
        ZoneServer other = new ZoneServer(
                Name.fromString("example.org."), "the registry", this::address, Optional.empty(), "let it");
        try (ZoneFollower follower = ZoneFollower.start(other, each -> true, 100, SELDOM, heard)) {
            assertThat(heard.problem())
                    .isEqualTo("cannot transfer zone example.org from the registry: REFUSED; let it");
        }
    }

    @Test
    void aKeyThatTheServerDoesNotTakeIsNamed() throws Exception {
        for (String name : List.of("asker", "stranger")) {
            byte[] secret = "another secret 1".getBytes(StandardCharsets.US_ASCII);
            TsigKey wrong = TsigKey.of(name, "hmac-sha256", secret);
            try (ZoneFollower follower = follow(Optional.of(wrong), 100, SELDOM)) {
                assertThat(heard.problem())
                        .contains("NOTAUTH; it does not know the key " + name + " with hmac-sha256, or has another");
            }
        }
    }

    @Test
    void aServerThatDoesNotListenIsNamed() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(closed.getInetAddress(), closed.getLocalPort());
        }
        ZoneServer away = new ZoneServer(NAMES.origin(), "there", () -> nobody, Optional.empty(), "");
        try (ZoneFollower follower = ZoneFollower.start(away, each -> true, 100, SELDOM, heard)) {
            assertThat(heard.problem()).startsWith("cannot transfer zone example.com from there: nothing listens");
        }
    }

    @Test
    void aZoneWithMoreThanCountsIsNotTakenOver() throws Exception {
        setPeer(2, "203.0.113.2:2000");
        Await.until("the next zone", () -> registry.zone().orElseThrow().peers().size() == 2);
        try (ZoneFollower follower = follow(Optional.empty(), 1, SELDOM)) {
            assertThat(heard.problem()).contains("more than 1 records");
        }
    }

    private ZoneFollower follow(Optional<TsigKey> key, int limit, Duration interval) {
        ZoneServer server = new ZoneServer(NAMES.origin(), "the registry", this::address, key, "let it");
        return ZoneFollower.start(server, ZoneFollowerTest::isWanted, limit, interval, heard);
    }

    private InetSocketAddress address() {
        return registry.localAddresses().get(0);
    }

    private static boolean isWanted(Record record) {
        return NAMES.key(record.getName())
                .filter(key -> record instanceof SRVRecord)
                .filter(key -> record.getName().equals(NAMES.instance(key)))
                .isPresent();
    }

    private void setPeer(int number, String endpoint) throws IOException {
        byte[] key = new byte[PublicKey.LENGTH];
        key[0] = (byte) number;
        source.apply(
                "wg0",
                DeviceChange.builder()
                        .peer(PublicKey.of(key))
                        .endpoint(Endpoint.parse(endpoint))
                        .build());
    }

    /** What the follower was told, in order. */
    private static final class Heard implements ZoneFollower.Listener {

        private final BlockingQueue<Set<Record>> contents = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> problems = new LinkedBlockingQueue<>();

        @Override
        public void changed(Set<Record> records) {
            contents.add(new LinkedHashSet<>(records));
        }

        @Override
        public void failed(String problem) {
            problems.add(problem);
        }

        /** Returns the ports of the next content, in order. */
        List<String> records() throws InterruptedException {
            Set<Record> records = contents.poll(20, TimeUnit.SECONDS);
            assertThat(records).as("content; problems: " + problems).isNotNull();
            return records.stream()
                    .map(record -> Integer.toString(((SRVRecord) record).getPort()))
                    .sorted()
                    .toList();
        }

        String problem() throws InterruptedException {
            String problem = problems.poll(20, TimeUnit.SECONDS);
            assertThat(problem).as("problem").isNotNull();
            return problem;
        }
    }
}
