package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.PeerOutcome;
import io.wgsd.discovery.PeerOutcome.Kind;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.ReadOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What a pass finds out about a session before it writes, in virtual time. */
class PassTest {

    private static final Endpoint OLD = Endpoint.parse("192.0.2.9:9");
    private static final Endpoint NEW = Endpoint.parse("203.0.113.2:2000");
    private static final long DATA = 64;
    private static final long ANSWER = 96;
    private static final long INITIATION = 148;

    private final FakeAsker registry = new FakeAsker();
    private final Bob bob = new Bob();
    private Duration timeout = Duration.ofSeconds(5);

    @Test
    void aPeerThatAnswersIsLeftAloneAtOnceNoMatterWhatIsAdvertised() throws Exception {
        bob.shookHands(100).sends(DATA).answers(ANSWER);
        assertThat(pass()).satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Kind.LIVE);
            assertThat(outcome.reason()).isEmpty();
        });
        assertThat(bob.passed()).isLessThan(Duration.ofMillis(200));
        assertThat(bob.changes).isEmpty();
    }

    @Test
    void aPeerThatDoesNotAnswerIsSentFourDatagramsAndLeftAloneWithTheReason() throws Exception {
        bob.shookHands(100).sends(DATA);
        assertThat(pass()).satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Kind.LIVE);
            assertThat(outcome.reason().orElseThrow()).contains("advertised at " + NEW, "did not answer", "25 s");
        });
        assertThat(bob.datagrams).containsExactly(0L, 700L, 1_500L, 2_200L);
        assertThat(bob.passed()).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(2_700));
        assertThat(bob.changes).isEmpty();
    }

    @Test
    void aHandshakeThatLooksOldIsOldWhereWireGuardAsksForAnother() throws Exception {
        bob.shookHands(600).sends(INITIATION);
        assertThat(pass().kind()).isEqualTo(Kind.UPDATED);
        assertThat(bob.passed()).isLessThan(Duration.ofMillis(100));
        assertThat(bob.endpoint).isEqualTo(NEW);
    }

    @Test
    void aHandshakeThatLooksOldIsNotWhereThePeerAnswers() throws Exception {
        bob.shookHands(600).sends(DATA).answers(ANSWER);
        assertThat(pass().kind()).isEqualTo(Kind.LIVE);
        assertThat(bob.changes).isEmpty();
    }

    @Test
    void aHandshakeInTheFutureIsNotWhereThePeerAnswers() throws Exception {
        bob.shookHands(-600).sends(DATA).answers(ANSWER);
        assertThat(pass().kind()).isEqualTo(Kind.LIVE);
        assertThat(bob.changes).isEmpty();
    }

    @Test
    void aHandshakeThatLooksOldAndAPeerThatDoesNotAnswerProveNothing() throws Exception {
        bob.shookHands(600).sends(DATA);
        assertThat(pass()).satisfies(outcome -> {
            assertThat(outcome.kind()).isEqualTo(Kind.LIVE);
            assertThat(outcome.reason()).isPresent();
        });
        assertThat(bob.changes).isEmpty();
    }

    @Test
    void aHandshakeThatLooksOldIsBelievedWhereNothingCanBeSentAndNothingCame() throws Exception {
        bob.shookHands(600);
        assertThat(pass().kind()).isEqualTo(Kind.UPDATED);
        assertThat(bob.passed()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    }

    @Test
    void ifThereIsTimeASilentPeerIsTriedElsewhereAndPutBackIfNothingComes() throws Exception {
        timeout = Duration.ofSeconds(30);
        bob.shookHands(100).sends(DATA);
        assertThat(pass().kind()).isEqualTo(Kind.LIVE);
        assertThat(bob.changes).hasSize(2);
        assertThat(bob.endpoint).isEqualTo(OLD);
        assertThat(bob.passed()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(27));
    }

    @Test
    void ifThereIsTimeASilentPeerIsTriedElsewhereAndStaysThereIfSomethingComes() throws Exception {
        timeout = Duration.ofSeconds(30);
        bob.shookHands(100).sends(DATA).isAt(NEW).answers(ANSWER);
        assertThat(pass().kind()).isEqualTo(Kind.UPDATED);
        assertThat(bob.changes).hasSize(1);
        assertThat(bob.endpoint).isEqualTo(NEW);
    }

    private PeerOutcome pass() throws Exception {
        registry.on(NAMES.instance(BOB), Type.SRV)
                .answer(srv(NAMES.instance(BOB), NEW.port(), NAMES.host(BOB)))
                .additional(address(NAMES.host(BOB), NEW.address().toString()));
        Lookups client = FakeLookups.of(new InetSocketAddress("10.0.0.254", 53), registry, timeout);
        Pass.Subject subject =
                new Pass.Subject(bob, "wg0", Set.of(), false, new FakeRoutes(), bob::datagram, () -> bob.now);
        return new Pass(subject, client, bob::passes).run().outcome(BOB).orElseThrow();
    }

    /** A device with one peer, which answers datagrams, or does not. */
    private static final class Bob implements PeerSource {

        private final List<Long> datagrams = new ArrayList<>();
        private final List<DeviceChange> changes = new ArrayList<>();
        private Moment now = NOW;
        private Endpoint endpoint = OLD;
        private Endpoint there = OLD;
        private Instant stamp = NOW.wall();
        private long rx = 1000;
        private long tx = 1000;
        private long sends;
        private long answers;

        Bob shookHands(long secondsAgo) {
            stamp = NOW.wall().minusSeconds(secondsAgo);
            return this;
        }

        Bob sends(long bytes) {
            sends = bytes;
            return this;
        }

        Bob answers(long bytes) {
            answers = bytes;
            return this;
        }

        Bob isAt(Endpoint elsewhere) {
            there = elsewhere;
            return this;
        }

        Duration passed() {
            return now.since(NOW);
        }

        void passes(Duration time) {
            now = now.plus(time);
        }

        void datagram(Device device, Collection<PublicKey> peers) {
            if (!peers.isEmpty()) {
                datagrams.add(passed().toMillis());
                tx += sends;
                rx += endpoint.equals(there) ? answers : 0;
            }
        }

        @Override
        public Set<String> deviceNames() {
            return Set.of("wg0");
        }

        @Override
        public Device read(String name, ReadOptions options) {
            return device(
                    peer(BOB, endpoint.toString(), "10.0.0.4/32").withStatistics(PeerStatistics.of(stamp, rx, tx)));
        }

        @Override
        public void apply(String name, DeviceChange change) {
            changes.add(change);
            endpoint = change.peers().get(0).endpoint().orElseThrow();
        }

        @Override
        public void close() {}
    }
}
