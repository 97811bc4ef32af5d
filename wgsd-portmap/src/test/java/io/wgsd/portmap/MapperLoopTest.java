package io.wgsd.portmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.protocol.MappingClient;
import io.wgsd.portmap.protocol.Outcome;
import io.wgsd.portmap.protocol.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a router is asked, and what, in virtual time. */
class MapperLoopTest {

    private static final Gateway HOME = Gateway.of(IpAddress.parse("192.168.1.1"), IpAddress.parse("192.168.1.20"));
    private static final Gateway OFFICE = Gateway.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.20"));
    private static final int PORT = 51820;
    private static final Duration LIFETIME = Duration.ofHours(2);

    private final List<String> asked = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final FakeClient pcp = new FakeClient(MappingProtocol.PCP);
    private final FakeClient natPmp = new FakeClient(MappingProtocol.NAT_PMP);
    private final PortMapperStore store = PortMapperStore.inMemory();
    private Moment now = new Moment(Instant.ofEpochSecond(1_793_534_400), 0);
    private Optional<Gateway> gateway = Optional.of(HOME);
    private MapperLoop loop;
    private int renewals;

    @BeforeEach
    void start() {
        loop = loop();
    }

    private MapperLoop loop() {
        PortMapperListener listener = new PortMapperListener() {
            @Override
            public void mapped(PortMapping mapping) {
                events.add("mapped " + mapping.protocol() + " " + mapping.external());
            }

            @Override
            public void renewed(PortMapping mapping) {
                renewals++;
            }

            @Override
            public void lost(PortMapping mapping, String reason) {
                events.add("lost " + mapping.external() + ": " + reason);
            }

            @Override
            public void notMapped(String reason) {
                events.add("not mapped: " + reason);
            }
        };
        Ledger ledger = new Ledger(store, listener);
        ledger.load();
        return new MapperLoop(() -> gateway, List.of(pcp, natPmp), ledger, listener, () -> now, LIFETIME, () -> false);
    }

    @Test
    void theFirstProtocolThatMapsIsTaken() {
        pcp.says(new Outcome.Absent("it does not answer"));
        natPmp.grants("198.51.100.7:40000");

        loop.step(PORT);

        assertThat(asked).containsExactly("PCP map 51820", "NAT-PMP map 51820");
        assertThat(events).containsExactly("mapped NAT-PMP 198.51.100.7:40000");
        assertThat(loop.mapping().orElseThrow().external()).isEqualTo(Endpoint.parse("198.51.100.7:40000"));
        assertThat(loop.mapping().orElseThrow().until()).isEqualTo(now.wall().plus(LIFETIME));
        assertThat(loop.obstacle()).isEmpty();
    }

    @Test
    void nothingIsAskedWithoutAPortOrARouter() {
        loop.step(0);
        gateway = Optional.empty();
        loop.step(PORT);

        assertThat(asked).isEmpty();
        assertThat(events)
                .containsExactly("not mapped: no port is asked for", "not mapped: no router is known before this host");
    }

    @Test
    void itIsRenewedAtHalfOfItsLifetime() {
        pcp.grants("198.51.100.7:51820");
        run(Duration.ofMinutes(59));
        assertThat(asked).containsOnlyOnce("PCP map 51820").doesNotContain("PCP renew 51820");

        run(Duration.ofMinutes(2));

        assertThat(asked).containsOnlyOnce("PCP renew 51820");
        assertThat(renewals).isEqualTo(1);
        assertThat(events).containsExactly("mapped PCP 198.51.100.7:51820");
        assertThat(loop.mapping().orElseThrow().until()).isAfter(now.wall().plus(Duration.ofMinutes(118)));
    }

    @Test
    void aRouterThatHasForgottenIsAskedAgainAtOnce() {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        pcp.check = MappingClient.Check.LOST;
        pcp.grants("198.51.100.8:51820");

        run(Duration.ofSeconds(61));

        assertThat(asked).containsExactly("PCP map 51820", "PCP check", "PCP renew 51820");
        assertThat(events).containsExactly("mapped PCP 198.51.100.7:51820", "mapped PCP 198.51.100.8:51820");
    }

    @Test
    void aRouterThatDoesNotAnswerKeepsItsMappingToTheEnd() {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        pcp.says(new Outcome.Absent("it does not answer"));
        pcp.check = MappingClient.Check.UNKNOWN;

        run(LIFETIME.minusSeconds(30));
        assertThat(loop.mapping()).isPresent();
        run(Duration.ofMinutes(1));

        assertThat(loop.mapping()).isEmpty();
        assertThat(events)
                .contains("lost 198.51.100.7:51820: the router did not answer when it was to be renewed")
                .contains("not mapped: the router 192.168.1.1 maps no port: PCP: it does not answer;"
                        + " NAT-PMP: it has nothing there");
        // At 1/2, 3/4, 7/8 … of the lifetime, but not within four seconds.
        assertThat(asked).filteredOn("PCP renew 51820"::equals).hasSizeBetween(10, 16);
    }

    @Test
    void aRouterThatRefusesARenewalHasLostIt() {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        pcp.says(new Outcome.Refused("it refuses: NOT_AUTHORIZED", Duration.ZERO));
        natPmp.grants("198.51.100.7:40000");

        run(Duration.ofMinutes(61));

        assertThat(events)
                .containsExactly(
                        "mapped PCP 198.51.100.7:51820",
                        "lost 198.51.100.7:51820: PCP: it refuses: NOT_AUTHORIZED",
                        "mapped NAT-PMP 198.51.100.7:40000");
    }

    @Test
    void whereNothingMapsItIsTriedMoreAndMoreSeldom() {
        pcp.says(new Outcome.Absent("it does not answer"));

        run(Duration.ofHours(4));

        // After 0, 1, 3, 7, 15, 31 and 61 minutes, and then each half an hour.
        assertThat(asked).filteredOn("PCP map 51820"::equals).hasSize(12);
        assertThat(events).hasSize(1);
        assertThat(loop.obstacle())
                .hasValueSatisfying(why -> assertThat(why).startsWith("the router 192.168.1.1 maps"));
    }

    @Test
    void aRouterThatWantsToBeLeftInPeaceIsUpToHalfAnHour() {
        pcp.says(new Outcome.Refused("it refuses: NO_RESOURCES", Duration.ofDays(1)));

        run(Duration.ofMinutes(29));
        assertThat(asked).filteredOn("PCP map 51820"::equals).hasSize(1);
        run(Duration.ofMinutes(2));
        assertThat(asked).filteredOn("PCP map 51820"::equals).hasSize(2);
    }

    @Test
    void anotherNetworkIsAskedAtOnceAndTheFirstOneRememberedForLater() {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        gateway = Optional.of(OFFICE);
        pcp.grants("203.0.113.9:51820");
        loop.step(PORT);
        gateway = Optional.of(HOME);
        loop.step(PORT);

        assertThat(asked).containsExactly("PCP map 51820", "PCP map 51820", "PCP renew 51820");
        assertThat(events)
                .contains("lost 198.51.100.7:51820: the router before this host is another one")
                .contains("mapped PCP 203.0.113.9:51820");
    }

    @Test
    void newsOfTheNetworkEndTheWaiting() {
        pcp.says(new Outcome.Absent("it does not answer"));
        run(Duration.ofMinutes(20));
        asked.clear();

        loop.lookAgain();
        loop.step(PORT);

        assertThat(asked).contains("PCP map 51820");
    }

    @Test
    void anotherPortReleasesTheFirstOne() {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        loop.step(51821);

        assertThat(asked).containsExactly("PCP map 51820", "PCP release 51820", "PCP map 51821");
    }

    @Test
    void theEndReleasesAndNothingIsKept() throws IOException {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        loop.end();

        assertThat(asked).containsExactly("PCP map 51820", "PCP release 51820");
        assertThat(kept()).isEqualTo("wgsd-portmap 1\n");
    }

    @Test
    void afterACrashTheSamePortIsRenewedWithWhatWasKept() {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);

        loop = loop();
        loop.step(PORT);

        assertThat(asked).containsExactly("PCP map 51820", "PCP renew 51820");
    }

    @Test
    void afterACrashAnotherPortOrProtocolIsReleased() throws IOException {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        natPmp.grants("198.51.100.7:40000");
        loop = loop();
        asked.clear();
        pcp.says(new Outcome.Absent("it does not answer"));
        loop.step(PORT);
        assertThat(asked).containsExactly("PCP renew 51820", "NAT-PMP map 51820", "PCP release 51820");

        loop = loop();
        asked.clear();
        loop.step(51821);
        assertThat(asked).containsExactly("NAT-PMP release 51820", "PCP map 51821", "NAT-PMP map 51821");
        assertThat(kept())
                .contains("nat-pmp 192.168.1.1 192.168.1.20 51821 40000 - ")
                .doesNotContain("51820");
    }

    @Test
    void whatHasEndedByItselfIsForgotten() throws IOException {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        now = now.plus(LIFETIME.plusSeconds(1));
        loop = loop();
        asked.clear();
        gateway = Optional.of(OFFICE);
        pcp.says(new Outcome.Absent("it does not answer"));
        loop.step(PORT);

        assertThat(asked).doesNotContain("PCP release 51820");
        assertThat(kept()).isEqualTo("wgsd-portmap 1\n");
    }

    @Test
    void aReleaseThatIsNotConfirmedIsMadeUpForAtTheNextStart() throws IOException {
        pcp.grants("198.51.100.7:51820");
        loop.step(PORT);
        pcp.confirmsReleases = false;
        loop.end();
        assertThat(kept()).contains("pcp 192.168.1.1");

        pcp.confirmsReleases = true;
        loop = loop();
        loop.step(51821);
        assertThat(kept()).doesNotContain("192.168.1.20 51820 ");
    }

    private String kept() throws IOException {
        return new String(store.load().orElseThrow(), StandardCharsets.UTF_8);
    }

    private void run(Duration time) {
        Moment end = now.plus(time);
        while (now.until(end).compareTo(Duration.ZERO) > 0) {
            Duration pause = loop.step(PORT);
            assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(10));
            now = now.plus(pause.isZero() ? Duration.ofMillis(1) : pause);
        }
        loop.step(PORT);
    }

    /** A router's side of one protocol, which does as it is told. */
    private final class FakeClient implements MappingClient {

        private final MappingProtocol protocol;
        private Outcome outcome = new Outcome.Absent("it has nothing there");
        private Check check = Check.KEPT;
        private boolean confirmsReleases = true;
        private Optional<Endpoint> external = Optional.empty();

        FakeClient(MappingProtocol protocol) {
            this.protocol = protocol;
        }

        void grants(String endpoint) {
            external = Optional.of(Endpoint.parse(endpoint));
        }

        void says(Outcome other) {
            external = Optional.empty();
            outcome = other;
        }

        @Override
        public MappingProtocol protocol() {
            return protocol;
        }

        @Override
        public Outcome map(Wish wish, Consumer<Held> keep) {
            asked.add(protocol + (wish.held().isPresent() ? " renew " : " map ") + wish.internalPort());
            Held held = new Held(
                    protocol,
                    wish.gateway(),
                    wish.internalPort(),
                    wish.externalPort(),
                    protocol == MappingProtocol.PCP ? "000102030405060708090a0b" : "-",
                    now.wall().plus(wish.lifetime()));
            keep.accept(held);
            if (external.isEmpty()) {
                return outcome;
            }
            Held granted = new Held(
                    protocol,
                    wish.gateway(),
                    wish.internalPort(),
                    external.get().port(),
                    held.key(),
                    held.until());
            return new Outcome.Granted(granted, external.get(), wish.lifetime());
        }

        @Override
        public Check check(Held held) {
            asked.add(protocol + " check");
            return check;
        }

        @Override
        public boolean release(Held held) {
            asked.add(protocol + " release " + held.internalPort());
            return confirmsReleases;
        }

        @Override
        public MappingOffer offer(Gateway router) {
            return new MappingOffer(protocol, false, Optional.empty(), "it is not asked");
        }
    }
}
