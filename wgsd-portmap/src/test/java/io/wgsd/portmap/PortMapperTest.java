package io.wgsd.portmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.portmap.exchange.FakeRouter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole mapper, with a PCP router on loopback. */
class PortMapperTest {

    private static final int LIFETIME = 4;

    @TempDir
    private Path directory;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Test
    void aPortIsMappedAndReleasedAtTheEnd() throws IOException, InterruptedException {
        try (FakeRouter router = new FakeRouter(PortMapperTest::answer)) {
            try (PortMapper mapper = start(router, PortMapperStore.inMemory())) {
                assertThat(mapper.mapping()).isEmpty();
                mapper.port(51820);
                assertThat(event()).isEqualTo("mapped 198.51.100.7:40000");
                assertThat(mapper.mapping().orElseThrow().internalPort()).isEqualTo(51820);
                assertThat(lifetime(router.request())).isEqualTo(7200);
            }
            assertThat(lifetime(router.request())).isZero();
        }
    }

    @Test
    void afterAKillTheNextProcessRenewsWithTheSameNonce() throws IOException, InterruptedException {
        Path file = directory.resolve("wg0.portmap");
        try (FakeRouter router = new FakeRouter(PortMapperTest::answer)) {
            byte[] first;
            String left;
            try (PortMapper mapper = start(router, PortMapperStore.inFile(file))) {
                mapper.port(51820);
                event();
                first = router.request();
                left = Files.readString(file);
            }
            router.request();
            Files.writeString(file, left);
            try (PortMapper mapper = start(router, PortMapperStore.inFile(file))) {
                mapper.port(51820);
                event();
                assertThat(nonce(router.request())).isEqualTo(nonce(first));
            }
            router.request();
            assertThat(Files.readString(file)).isEqualTo("wgsd-portmap 1\n");
        }
    }

    @Test
    void aStateThatMakesNoSenseIsReportedAndGivenUp() throws IOException, InterruptedException {
        Path file = directory.resolve("wg0.portmap");
        Files.write(file, "nonsense".getBytes(StandardCharsets.UTF_8));
        try (FakeRouter router = new FakeRouter(PortMapperTest::answer);
                PortMapper mapper = start(router, PortMapperStore.inFile(file))) {
            mapper.port(51820);
            assertThat(event())
                    .startsWith("what was mapped before is not known")
                    .contains(file.toString());
            assertThat(event()).isEqualTo("mapped 198.51.100.7:40000");
        }
    }

    @Test
    void newsOfTheNetworkLeadToALook() throws IOException, InterruptedException {
        try (FakeRouter router = new FakeRouter(PortMapperTest::answer);
                PortMapper mapper = start(router, PortMapperStore.inMemory())) {
            mapper.port(51820);
            event();
            router.request();

            mapper.networkChanged();

            assertThat(router.request()).as("an ANNOUNCE request").hasSize(24);
        }
    }

    @Test
    void aRouterIsAskedWhatItOffersAndNothingIsMapped() throws IOException, InterruptedException {
        try (FakeRouter router = new FakeRouter(PortMapperTest::answer)) {
            List<MappingOffer> offers =
                    PortMapper.offers(FakeRouter.GATEWAY, new RouterPorts(router.port(), router.port()));

            assertThat(offers).extracting(MappingOffer::protocol).containsExactly(MappingProtocol.values());
            assertThat(offers).extracting(MappingOffer::offered).containsExactly(true, false, false);
            // An ANNOUNCE request, questions for the address, and searches.
            for (int i = router.requests(); i > 0; i--) {
                byte[] request = router.request();
                assertThat(request.length == 24 || request.length == 2 || request[0] == 'M')
                        .as("no request for a mapping")
                        .isTrue();
            }
        }
    }

    @Test
    void theRoutersWordCountsOnlyWhereARegistrySeesTheSameAddress() {
        PortMapping mapping = new PortMapping(
                MappingProtocol.PCP, FakeRouter.GATEWAY, 51820, Endpoint.parse("198.51.100.7:40000"), Instant.EPOCH);

        assertThat(mapping.reachableAt(IpAddress.parse("198.51.100.7"))).contains(Endpoint.parse("198.51.100.7:40000"));
        assertThat(mapping.reachableAt(IpAddress.parse("203.0.113.1"))).isEmpty();
        assertThat(mapping.reachableAt(IpAddress.parse("2001:db8::1"))).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        PortMapperBuilder builder = PortMapper.builder(Optional::empty);

        assertThatThrownBy(() -> builder.lifetime(Duration.ofSeconds(9))).hasMessageContaining("10 seconds to a day");
        assertThatThrownBy(() -> builder.lifetime(Duration.ofDays(2))).hasMessageContaining("10 seconds to a day");
        assertThatThrownBy(() -> Gateway.of(IpAddress.parse("fe80::1"), IpAddress.parse("fe80::2")))
                .hasMessageContaining("IPv4 only");
        try (PortMapper mapper = builder.start()) {
            assertThatThrownBy(() -> mapper.port(65536)).hasMessageContaining("0..65535");
        }
    }

    private PortMapper start(FakeRouter router, PortMapperStore store) {
        PortMapperListener listener = new PortMapperListener() {
            @Override
            public void mapped(PortMapping mapping) {
                events.add("mapped " + mapping.external());
            }

            @Override
            public void storeFailed(String line) {
                events.add(line);
            }
        };
        return PortMapper.start(
                PortMapper.builder(() -> Optional.of(FakeRouter.GATEWAY))
                        .store(store)
                        .listener(listener),
                new RouterPorts(router.port(), router.port()));
    }

    private String event() throws InterruptedException {
        String event = events.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened within 10 s");
        }
        return event;
    }

    private static int lifetime(byte[] request) {
        return ByteBuffer.wrap(request).getInt(LIFETIME);
    }

    private static ByteBuffer nonce(byte[] request) {
        return ByteBuffer.wrap(request, 24, 12);
    }

    private static List<byte[]> answer(byte[] request) {
        if (request.length < 24) {
            return List.of();
        }
        ByteBuffer answer = ByteBuffer.allocate(request.length).put(request);
        answer.put(1, (byte) (request[1] | 0x80)).putInt(8, 1000).putLong(12, 0).putInt(20, 0);
        if (request.length > 24) {
            answer.putShort(42, (short) 40000).putInt(56, 0xc6336407);
        }
        return List.of(answer.array());
    }
}
