package io.wgsd.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.dnssd.TsigKey;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

@Timeout(60)
class PublisherTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final PublicKey OWN = key(200);
    private static final TsigKey KEY = TsigKey.of("registry", "hmac-sha256", new byte[32]);

    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private StrictPrimary primary;

    @BeforeEach
    void startPrimary() throws Exception {
        primary = new StrictPrimary(NAMES.origin(), KEY);
    }

    @AfterEach
    void stopPrimary() throws Exception {
        primary.close();
    }

    @Test
    void manyPeersGoInFewMessages() throws Exception {
        try (Publisher publisher = publisher(KEY)) {
            publisher.publish(zone(120, 1000));

            assertThat(next()).isEqualTo("published 120");
            assertThat(primary.records()).hasSize(6 * 120 + 4);
            // The lease, what browsers begin with, and the peers.
            assertThat(primary.updates()).isBetween(4, 30);
        }
    }

    @Test
    void relaysComeMoveAndGoWithTheirList() throws Exception {
        RelayAdvertisement relay = relay("192.0.2.9:443", "[2001:db8::9]:443");
        try (Publisher publisher = publisher(KEY)) {
            publisher.publish(zone(1, 1000, relay));
            assertThat(next()).isEqualTo("published 2");
            assertThat(RelayAdvertisement.parse(NAMES, primary.records())).containsExactly(relay);
            assertThat(primary.records())
                    .filteredOn(record -> record.getName().equals(NAMES.relays()))
                    .singleElement()
                    .extracting(Record::rdataToString)
                    .hasToString(NAMES.relay(relay.publicKey()).toString());

            RelayAdvertisement moved = relay("192.0.2.8:4443");
            publisher.publish(zone(1, 1000, moved));
            assertThat(next()).isEqualTo("published 1");
            assertThat(RelayAdvertisement.parse(NAMES, primary.records())).containsExactly(moved);

            publisher.publish(zone(1, 1000));
            assertThat(next()).isEqualTo("published 1");
            assertThat(primary.records())
                    .noneMatch(record -> record.getName().subdomain(NAMES.relays())
                            || record.getName().equals(NAMES.host(relay.publicKey())));
        }
    }

    @Test
    void aZoneThatChangedMeanwhileIsReadAgainAndWritten() throws Exception {
        try (Publisher publisher = publisher(KEY)) {
            publisher.publish(zone(3, 1000));
            assertThat(next()).isEqualTo("published 3");
            primary.refuse(1);

            publisher.publish(zone(3, 2000));

            assertThat(next()).isEqualTo("published 3");
        }
    }

    @Test
    void recordsThatSomebodyRemovedAreRestored() throws Exception {
        try (Publisher publisher = publisher(KEY)) {
            publisher.publish(zone(3, 1000));
            assertThat(next()).isEqualTo("published 3");

            primary.edit(records -> records.removeIf(record -> record.getType() == Type.SRV));

            // Without an SRV the TXT still says whose the peers are.
            assertThat(next()).isEqualTo("published 3");
            assertThat(primary.records())
                    .filteredOn(record -> record.getType() == Type.SRV)
                    .hasSize(2 * 3);
        }
    }

    @Test
    void peersThatSomebodyEnteredByHandAreLeftAndNamed() throws Exception {
        Zone byHand = zone(1, 5);
        primary.edit(records -> byHand.records()
                .filter(record -> record.getType() != Type.SOA && record.getType() != Type.NS)
                .forEach(records::add));
        try (Publisher publisher = publisher(KEY)) {
            publisher.publish(zone(1, 1000));

            assertThat(next()).isEqualTo("passed over " + Set.of(key(0)));
        }
    }

    @Test
    void anotherSecretIsExplained() throws Exception {
        try (Publisher publisher = publisher(TsigKey.of(
                "registry", "hmac-sha256", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}))) {
            publisher.publish(zone(1, 1000));

            assertThat(next()).contains("has another secret for the key registry.");
        }
    }

    @Test
    void aLeaseIsRenewedThoughTheClockIsSetBack() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
        try (Publisher publisher = Publisher.builder(NAMES, primary.address(), KEY, OWN)
                .checkInterval(Duration.ofMillis(100))
                .lease(Duration.ofSeconds(2))
                .clock(() -> new Moment(now.get(), System.nanoTime()))
                .listener(listener())
                .start()) {
            publisher.publish(zone(1, 1000));
            assertThat(next()).isEqualTo("published 1");

            now.set(now.get().minus(Duration.ofHours(1)));

            String until = "until=" + now.get().plusSeconds(2).getEpochSecond();
            Await.until(
                    "a lease " + until,
                    () -> primary.records().stream()
                            .anyMatch(record -> record.rdataToString().contains(until)));
        }
    }

    @Test
    void aListenerThatFailsChangesNothing() throws Exception {
        Zone byHand = zone(1, 5);
        primary.edit(records -> byHand.records()
                .filter(record -> record.getType() != Type.SOA && record.getType() != Type.NS)
                .forEach(records::add));
        try (Publisher publisher = Publisher.builder(NAMES, primary.address(), KEY, OWN)
                .checkInterval(Duration.ofMillis(100))
                .listener(new Publisher.Listener() {
                    @Override
                    public void published(int peers) {
                        news.add("published " + peers);
                    }

                    @Override
                    public void failed(PublishException error, Duration retryIn) {
                        news.add(error.getMessage());
                    }

                    @Override
                    public void passedOver(Set<PublicKey> peers) {
                        throw new IllegalStateException("a fault to survive, thrown by a test");
                    }
                })
                .start()) {
            publisher.publish(zone(2, 1000));

            assertThat(next()).isEqualTo("published 1");
        }
    }

    @Test
    void settingsAreRefusedByTheirNames() {
        Publisher.Builder builder = Publisher.builder(NAMES, primary.address(), KEY, OWN);

        assertThatThrownBy(() -> builder.lease(null)).hasMessage("lease");
        assertThatThrownBy(() -> builder.timeout(null)).hasMessage("timeout");
        assertThatThrownBy(() -> builder.checkInterval(null)).hasMessage("checkInterval");
        assertThatThrownBy(() -> builder.checkInterval(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checkInterval must be PT0.1S to PT1H, was PT0S");
        assertThatThrownBy(() -> Publisher.builder(NAMES, null, KEY, OWN)).hasMessage("primary");
    }

    private Publisher publisher(TsigKey key) {
        return Publisher.builder(NAMES, primary.address(), key, OWN)
                .checkInterval(Duration.ofMillis(100))
                .listener(listener())
                .start();
    }

    private Publisher.Listener listener() {
        return new Publisher.Listener() {
            @Override
            public void published(int peers) {
                news.add("published " + peers);
            }

            @Override
            public void failed(PublishException error, Duration retryIn) {
                news.add(error.getMessage());
            }

            @Override
            public void passedOver(Set<PublicKey> peers) {
                news.add("passed over " + peers);
            }
        };
    }

    private String next() throws InterruptedException {
        return news.poll(20, TimeUnit.SECONDS);
    }

    private static Zone zone(int peers, int firstPort) {
        List<Advertisement> all = IntStream.range(0, peers)
                .mapToObj(i -> Advertisement.builder(key(i))
                        .endpoint(Endpoint.parse("192.0.2.1:" + (firstPort + i)))
                        .build())
                .toList();
        return Zone.of(ZoneOptions.builder(NAMES).build(), all, 1);
    }

    private static Zone zone(int peers, int firstPort, RelayAdvertisement relay) {
        Zone without = zone(peers, firstPort);
        return Zone.of(without.options().withRelays(List.of(relay)), without.peers(), without.serial());
    }

    private static RelayAdvertisement relay(String... endpoints) {
        return new RelayAdvertisement(
                key(100), Arrays.stream(endpoints).map(Endpoint::parse).toList());
    }

    private static PublicKey key(int i) {
        return PublicKey.parseHex(String.format("%02x", i) + "00".repeat(31));
    }
}
