package io.wgsd.discovery.carrier;

import static io.wgsd.internal.tls.Destination.REGISTRY;
import static io.wgsd.internal.tls.Destination.RELAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.internal.tls.Destination;
import io.wgsd.model.Moment;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CarriageDeciderTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long QUESTION = 96;
    private static final long KEEPALIVE = 32;

    private final Map<Destination, Line> lines = new EnumMap<>(Destination.class);
    private CarriageMemory memory = CarriageMemory.none();
    private long millis;

    /** What a peer shows, in bytes, and what there is of its connection. */
    private static final class Line {
        private long rx;
        private long tx;
        private @Nullable Instant handshake;
        private LineSight.Traffic behind = LineSight.Traffic.NONE;
        private boolean overTls;
        private boolean open;
        private Duration down = Duration.ZERO;
    }

    @Test
    void nothingIsDoneWhileTheRelayAnswers() {
        Line relay = connected(RELAY);
        connected(REGISTRY);
        for (int i = 0; i < 20; i++) {
            relay.tx += KEEPALIVE;
            relay.rx += KEEPALIVE;
            assertThat(after(1000)).isEmpty();
        }
    }

    @Test
    void nothingIsDoneWhileNothingIsSent() {
        connected(RELAY);
        connected(REGISTRY);
        for (int i = 0; i < 20; i++) {
            assertThat(after(1000)).isEmpty();
        }
    }

    @Test
    void keepalivesToTheRegistryNeedNoAnswer() {
        Line registry = connected(REGISTRY);
        for (int i = 0; i < 20; i++) {
            registry.tx += KEEPALIVE;
            assertThat(after(1000)).isEmpty();
        }
    }

    @Test
    void connectionsAreMadeAfterTwoSecondsOfSilenceAndNothingIsWritten() {
        Line relay = connected(RELAY);
        connected(REGISTRY);
        relay.tx += KEEPALIVE;
        assertThat(after(1000)).isEmpty();
        assertThat(after(900)).isEmpty();
        assertThat(after(1000)).containsExactly("ASK RELAY");
        assertThat(after(100)).containsExactlyInAnyOrder("ASK RELAY", "CONNECT RELAY", "CONNECT REGISTRY");
    }

    @Test
    void aRegistryThatIsHeardMeansThatUdpGetsThrough() {
        Line relay = connected(RELAY);
        Line registry = connected(REGISTRY);
        for (int i = 0; i < 10; i++) {
            relay.tx += KEEPALIVE;
            registry.tx += QUESTION;
            registry.rx += QUESTION;
            assertThat(after(1000)).isEmpty();
        }
    }

    @Test
    void aRelayThatDoesNotAnswerIsCarriedOnceThereIsAConnection() {
        Line relay = connected(RELAY);
        silence(relay);
        assertThat(after(100)).doesNotContain("CARRY RELAY");
        relay.open = true;
        assertThat(after(100)).contains("CARRY RELAY");
        relay.overTls = true;
        assertThat(after(100)).isEmpty();
    }

    @Test
    void aRelayIsAskedWhereThePeersBehindItAreSilentAndNotCarriedIfItAnswers() {
        Line relay = connected(RELAY);
        relay.open = true;
        for (int i = 0; i < 20; i++) {
            relay.behind = new LineSight.Traffic(0, (i + 1) * QUESTION);
            List<String> steps = after(1000);
            assertThat(steps).doesNotContain("CARRY RELAY");
            if (steps.contains("ASK RELAY")) {
                relay.tx += KEEPALIVE;
                relay.rx += KEEPALIVE;
            }
        }
        assertThat(relay.rx).isGreaterThan(1000);
    }

    @Test
    void theRegistryIsCarriedOnlyOnceItsSessionIsDead() {
        Line registry = connected(REGISTRY);
        registry.open = true;
        int seconds = 0;
        boolean carried = false;
        while (!carried) {
            registry.tx += QUESTION;
            carried = after(1000).contains("CARRY REGISTRY");
            seconds++;
        }
        // WireGuard's KEEPALIVE_TIMEOUT and REKEY_TIMEOUT, and longer where packets are lost.
        assertThat(seconds).isBetween(15, 30);
    }

    @Test
    void aRegistryWithoutASessionIsCarriedAtOnce() {
        Line registry = line(REGISTRY);
        registry.open = true;
        registry.tx = 148;
        after(0);
        after(2000);
        assertThat(after(200)).contains("CARRY REGISTRY");
    }

    @Test
    void whereUdpIsHeardBeforeAnythingWasCarriedConnectionsAreClosed() {
        Line relay = connected(RELAY);
        silence(relay);
        relay.rx += KEEPALIVE;
        assertThat(after(100)).containsExactlyInAnyOrder("CLOSE RELAY", "CLOSE REGISTRY");
    }

    @Test
    void everyTwentySecondsTheRelayIsAskedByUdpForASecond() {
        Line relay = carried();
        assertThat(after(19_900)).isEmpty();
        assertThat(after(100)).containsExactly("PROBE RELAY");
        relay.overTls = false;
        assertThat(after(900)).isEmpty();
        assertThat(after(100)).containsExactly("UNPROBE RELAY");
        relay.overTls = true;
        assertThat(after(18_900)).isEmpty();
        assertThat(after(100)).containsExactly("PROBE RELAY");
    }

    @Test
    void whereTheRelayAnswersByUdpAllIsGivenBackAndConnectionsAreClosedLater() {
        Line relay = carried();
        after(20_000);
        relay.overTls = false;
        relay.rx += KEEPALIVE;
        assertThat(after(100)).containsExactly("RETURN RELAY");
        assertThat(after(4900)).isEmpty();
        assertThat(after(100)).containsExactlyInAnyOrder("CLOSE RELAY", "CLOSE REGISTRY");
    }

    @Test
    void anAnswerThatComesOverTlsMeanwhileIsNoneByUdp() {
        Line relay = carried();
        after(20_000);
        // WireGuard takes what arrives from there for the way to the peer.
        relay.overTls = true;
        relay.rx += KEEPALIVE;
        assertThat(after(100)).isEmpty();
    }

    @Test
    void wherePacketsComeByUdpAnywayAllIsGivenBack() {
        Line relay = carried();
        relay.overTls = false;
        assertThat(after(100)).containsExactly("RETURN RELAY");
    }

    @Test
    void aConnectionThatIsLostForThirtySecondsGivesAllBack() {
        Line relay = carried();
        relay.open = false;
        relay.down = Duration.ofSeconds(15);
        assertThat(after(100)).isEmpty();
        relay.down = Duration.ofSeconds(30);
        assertThat(after(100)).containsExactly("RETURN RELAY");
    }

    /** A relay whose packets are carried since the latest decision. */
    private Line carried() {
        Line relay = connected(RELAY);
        relay.open = true;
        silence(relay);
        assertThat(after(0)).contains("CARRY RELAY");
        relay.overTls = true;
        return relay;
    }

    private void silence(Line line) {
        line.tx += KEEPALIVE;
        after(100);
        line.tx += KEEPALIVE;
        assertThat(after(2000)).contains("CONNECT RELAY");
    }

    private Line connected(Destination destination) {
        Line line = line(destination);
        line.handshake = START;
        line.rx = 1000;
        line.tx = 1000;
        after(0);
        return line;
    }

    private Line line(Destination destination) {
        Line line = new Line();
        lines.put(destination, line);
        return line;
    }

    private List<String> after(long later) {
        millis += later;
        Moment at =
                new Moment(START.plusMillis(millis), Duration.ofMillis(millis).toNanos());
        Map<Destination, LineSight> seen = new EnumMap<>(Destination.class);
        lines.forEach((destination, line) -> seen.put(
                destination, new LineSight(peer(destination, line), line.behind, line.overTls, line.open, line.down)));
        CarriageDecider.Decision decision = CarriageDecider.decide(memory, seen, at);
        memory = decision.memory();
        // A connection that is wanted is asked for again each time, which changes nothing.
        return decision.steps().stream()
                .filter(step -> step.kind() != CarriageStep.Kind.CONNECT || at.equals(memory.begun()))
                .map(step -> step.kind() + " " + step.destination())
                .toList();
    }

    private static Peer peer(Destination destination, Line line) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) (destination.ordinal() + 1));
        return Peer.builder(PublicKey.of(key))
                .statistics(PeerStatistics.of(line.handshake, line.rx, line.tx))
                .build();
    }
}
