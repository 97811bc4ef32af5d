package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static io.wgsd.testkit.net.PathMoveTest.Traffic.IDLE;
import static io.wgsd.testkit.net.PathMoveTest.Traffic.PAUSE;
import static io.wgsd.testkit.net.PathMoveTest.Traffic.PINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What moves a live session from a relay to the direct path, and what does not, as it was measured with real
 * WireGuard: about 40 ms one way, so 160 ms round trip by the relay and 80 ms directly, and a ping every 20 ms, 400 in
 * all. "Flicks" means: the direct endpoint, one datagram, and 1 ms later the relay's endpoint again. "Writes" means: the
 * direct endpoint every 5 ms.
 */
class PathMoveTest {

    /** An answer never comes in the very moment in which a ping is sent. */
    private static final LinkConditions STEADY = LinkConditions.delay(Duration.ofNanos(40_300_000));

    /** Answers come in before the next ping is sent, or after that. */
    private static final LinkConditions JITTERY = LinkConditions.builder()
            .delay(Duration.ofNanos(39_500_000))
            .jitter(Duration.ofMillis(1))
            .build();

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NatBehaviour CONE = NatKind.PORT_RESTRICTED_CONE;
    private static final NatBehaviour SYMMETRIC = NatKind.SYMMETRIC;
    private static final int SENT = 400;
    private static final long BEGIN = 2_007;

    /** Whether there are pings all the time, only afterwards, or with a pause of 400 ms. */
    enum Traffic {
        PINGS,
        IDLE,
        PAUSE;

        boolean sends(long millis) {
            return switch (this) {
                case PINGS -> true;
                case IDLE -> millis >= BEGIN + 1_000;
                case PAUSE -> millis < BEGIN - 200 || millis >= BEGIN + 200;
            };
        }
    }

    /** One line of the table: what is done, with which traffic and NATs, and what becomes of it. */
    record Line(String what, Consumer<Sides> how, Traffic traffic, NatBehaviour nats, boolean moves, int mostLost) {

        @Override
        public String toString() {
            return what + ", " + traffic + ", " + nats + ": " + (moves ? "moves" : "stays") + ", lost 0.." + mostLost;
        }
    }

    static Stream<Line> table() {
        return Stream.of(
                new Line("one write on one side", PathMoveTest::write, PINGS, CONE, false, 1),
                new Line("one write on each side", PathMoveTest::writeEach, PINGS, CONE, false, 1),
                new Line("each side flicks three times", PathMoveTest::flicks, PINGS, CONE, false, 0),
                new Line("each side flicks three times", PathMoveTest::flicks, PINGS, SYMMETRIC, false, 0),
                new Line("each side flicks", PathMoveTest::flickEach, IDLE, CONE, true, 0),
                new Line("each side flicks", PathMoveTest::flickEach, IDLE, SYMMETRIC, false, 0),
                new Line("each side flicks", PathMoveTest::flickEach, PAUSE, CONE, true, 0),
                new Line("both write for 400 ms and go back", PathMoveTest::holdBoth, PINGS, CONE, false, 25),
                new Line("flicks, then both write for 400 ms", PathMoveTest::flicksThenHold, PINGS, CONE, true, 0),
                new Line("one flicks, one writes for 200 ms", flickAndHold(200), PINGS, CONE, true, 0),
                new Line("one flicks, one writes for 250 ms", flickAndHold(250), PINGS, CONE, true, 0),
                new Line("one flicks, one writes for 400 ms", flickAndHold(400), PINGS, CONE, true, 0),
                new Line("the same, and goes back", flickHoldAndBack(400), PINGS, SYMMETRIC, false, 25));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theTable(Line line) {
        Relayed net = new Relayed(NatLab.builder().nat(line.nats()), STEADY).connected();

        List<Ping> pings = run(net, line.traffic(), line.how());

        assertThat(pings.stream().filter(ping -> !ping.isAnswered()).count())
                .as("lost")
                .isBetween(line.mostLost() == 0 ? 0L : 1L, (long) line.mostLost());
        assertThat(pings.get(SENT - 1).roundTrip()).contains(STEADY.delay().multipliedBy(line.moves() ? 2 : 4));
        assertThat(net.endpointOfBob().equals(net.relay.endpoint(false))).isNotEqualTo(line.moves());
        assertThat(net.endpointOfAlice().equals(net.relay.endpoint(false))).isNotEqualTo(line.moves());
    }

    /** Where the direct path works, an attempt under traffic may fail by chance, but it costs nothing. */
    @Test
    void anAttemptThatGoesBackLosesNothingWhateverComesOfIt() {
        int moved = 0;
        for (int seed = 1; seed <= 20; seed++) {
            Relayed net = new Relayed(NatLab.builder().nat(CONE).seed(seed), JITTERY).connected();
            List<Ping> pings = run(net, PINGS, flickHoldAndBack(400));

            assertThat(pings).allMatch(Ping::isAnswered);
            moved += net.endpointOfBob().equals(net.relay.endpoint(false)) ? 0 : 1;
        }
        assertThat(moved).isBetween(10, 20);
    }

    /** The relay knows both sources, and the other side answers the initiation where it came from. */
    @Test
    void afterTheDirectPathIsCutOneSideAloneFallsBack() {
        Relayed net = direct();
        net.lab.setPath(false, false);
        assertThat(net.answered(net.pingAlice(), SECOND)).isFalse();
        Punch.apply(
                net.lab.alice(),
                DeviceChange.builder()
                        .peer(BOB)
                        .restart()
                        .endpoint(net.relay.endpoint(false))
                        .build());
        Ping ping = net.pingAlice();

        assertThat(net.answered(ping, SECOND)).isTrue();
        assertThat(ping.roundTrip()).contains(STEADY.delay().multipliedBy(8));
        assertThat(net.endpointOfAlice()).isEqualTo(net.relay.endpoint(false));
    }

    /** The relay has never seen the indices: WireGuard begins anew after fifteen seconds of silence. */
    @Test
    void anEndpointWriteAloneDoesNotBringADirectSessionToTheRelay() {
        Relayed net = direct();
        net.via(net.lab.alice(), BOB);
        net.via(net.lab.bob(), ALICE);

        assertThat(net.answered(net.pingAlice(), Duration.ofSeconds(14))).isFalse();
        net.pass(2_000);
        assertThat(net.answered(net.pingAlice(), SECOND)).isTrue();
    }

    private static Relayed direct() {
        Relayed net = new Relayed(NatLab.builder().nat(CONE), STEADY).attached();
        assertThat(new Punch(net.lab).both(Duration.ZERO, Punch.keepaliveOn())).isPresent();
        assertThat(net.answered(net.pingAlice(), SECOND)).isTrue();
        return net;
    }

    /** Lets something happen under traffic, and returns all pings a while after the last. */
    private static List<Ping> run(Relayed net, Traffic traffic, Consumer<Sides> how) {
        List<Ping> pings = pings(net, traffic);
        Sides sides = new Sides(net);
        sides.later(BEGIN, () -> how.accept(sides));
        net.pass(BEGIN + 11_000);
        return pings;
    }

    private static List<Ping> pings(Relayed net, Traffic traffic) {
        List<Ping> pings = new ArrayList<>();
        Duration start = net.lab.timeline().elapsed();
        net.lab.timeline().scheduleAtFixedRate(Duration.ZERO, Duration.ofMillis(20), () -> {
            long millis = net.lab.timeline().elapsed().minus(start).toMillis();
            if (pings.size() < SENT && traffic.sends(millis)) {
                pings.add(net.pingAlice());
            }
        });
        return pings;
    }

    private static void write(Sides sides) {
        sides.write(sides.alice, sides.direct(BOB));
    }

    private static void writeEach(Sides sides) {
        sides.write(sides.alice, sides.direct(BOB));
        sides.write(sides.bob, sides.direct(ALICE));
    }

    private static void flickEach(Sides sides) {
        sides.flick(sides.alice);
        sides.flick(sides.bob);
    }

    private static void flicks(Sides sides) {
        for (int round = 0; round < 3; round++) {
            sides.later(500 * round, () -> flickEach(sides));
        }
    }

    private static void holdBoth(Sides sides) {
        sides.hold(sides.alice, 400);
        sides.hold(sides.bob, 400);
        sides.later(400, () -> sides.back(sides.alice));
        sides.later(400, () -> sides.back(sides.bob));
    }

    private static void flicksThenHold(Sides sides) {
        flicks(sides);
        sides.later(1_500, () -> sides.hold(sides.alice, 400));
        sides.later(1_500, () -> sides.hold(sides.bob, 400));
    }

    private static Consumer<Sides> flickAndHold(long millis) {
        return sides -> {
            sides.flick(sides.bob);
            sides.hold(sides.alice, millis);
        };
    }

    private static Consumer<Sides> flickHoldAndBack(long millis) {
        return sides -> {
            flickAndHold(millis).accept(sides);
            sides.later(millis, () -> sides.back(sides.alice));
        };
    }

    /** What the two sides can do to their endpoints. */
    static final class Sides {

        final SimulatedHost alice;
        final SimulatedHost bob;
        private final Relayed net;

        Sides(Relayed net) {
            this.net = net;
            alice = net.lab.alice();
            bob = net.lab.bob();
        }

        Endpoint direct(PublicKey other) {
            return net.lab.advertised(other).orElseThrow();
        }

        void write(SimulatedHost host, Endpoint endpoint) {
            net.write(host, other(host), endpoint);
        }

        /** Sets the endpoint to the direct one, sends a datagram there, and sets it to the relay's 1 ms later. */
        void flick(SimulatedHost host) {
            write(host, direct(other(host)));
            host.wireGuard(DEVICE).sendData(other(host));
            later(1, () -> back(host));
        }

        /** Sets the endpoint to the relay's. */
        void back(SimulatedHost host) {
            write(host, net.relay.endpoint(false));
        }

        /** Writes the direct endpoint every 5 ms. */
        void hold(SimulatedHost host, long millis) {
            for (long at = 2; at < millis; at += 5) {
                later(at, () -> write(host, direct(other(host))));
            }
        }

        void later(long millis, Runnable what) {
            net.lab.timeline().schedule(Duration.ofMillis(millis), what);
        }

        private PublicKey other(SimulatedHost host) {
            return host.equals(alice) ? BOB : ALICE;
        }
    }
}
