package io.wgsd.discovery;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random histories: NATs that forget or move, a registry that is away or wrong, agents that are killed, clocks that are set,
 * links that lose. Whatever happens, no live session is written, and soon after all is well again there is a tunnel.
 *
 * <p>{@code -Dagent.hours=1000} tries for a thousand hours of virtual time, in some minutes of real time.
 */
class AgentHistoryTest {

    private static final Duration MENDED = Duration.ofMinutes(6);

    @Test
    void noLiveSessionIsEverWrittenAndATunnelComesBack() {
        Duration wanted = Duration.ofHours(Long.getLong("agent.hours", 30));
        Duration passed = Duration.ZERO;
        int seed = 0;
        long writes = 0;
        while (passed.compareTo(wanted) < 0) {
            History history = new History(++seed);
            history.run();
            passed = passed.plus(history.lab.timeline().elapsed());
            writes += history.alice.writes() + history.bob.writes();
        }
        assertThat(writes)
                .as("writes in %d histories of %d hours", seed, passed.toHours())
                .isGreaterThan(seed);
    }

    private static final class History {

        private final Random random;
        private final String name;
        private final NatLab lab;
        private final SimulatedRegistry registry;
        private final LawWatcher alice;
        private final LawWatcher bob;
        private final List<SimulatedAgent> agents;
        private Duration clockOffset = Duration.ZERO;
        private final StringBuilder story = new StringBuilder();

        History(int seed) {
            random = new Random(seed);
            int keepalive = new int[] {0, 5, 25}[random.nextInt(3)];
            name = "history " + seed + " with keepalive " + keepalive;
            lab = NatLab.builder()
                    .seed(seed)
                    .implementation(
                            random.nextBoolean()
                                    ? WireGuardImplementation.linux(100)
                                    : WireGuardImplementation.wireguardGo())
                    .keepalive(Duration.ofSeconds(keepalive))
                    .bobStartsAfter(Duration.ofMillis(1 + random.nextInt(3_000)))
                    .build();
            registry = new SimulatedRegistry(lab);
            conditions(0);
            alice = new LawWatcher(lab.alice(), lab.timeline());
            bob = new LawWatcher(lab.bob(), lab.timeline());
            agents = List.of(
                    new SimulatedAgent(lab, lab.alice(), alice, AgentStore.inMemory(), 2L * seed),
                    new SimulatedAgent(lab, lab.bob(), bob, AgentStore.inMemory(), 2L * seed + 1));
            agents.forEach(SimulatedAgent::start);
            if (random.nextBoolean()) {
                traffic(lab.alice(), BOB);
                traffic(lab.bob(), ALICE);
            }
        }

        void run() {
            pass(Duration.ofSeconds(30));
            for (int i = 0; i < 12; i++) {
                Runnable mend = fault();
                pass(Duration.ofMillis(random.nextInt(240_000)));
                mend.run();
                mended();
                pass(Duration.ofMillis(random.nextInt(300_000)));
            }
        }

        private void mended() {
            // A session of before may stand for a while, on one side only or on both, until it is noticed that it is
            // dead.
            pass(Duration.ofSeconds(200));
            boolean connected = lab.timeline().runUntil(lab::isConnected, MENDED);
            assertThat(connected)
                    .as(
                            "%s has a tunnel again; alice %s, bob %s%s",
                            name, agents.get(0).status(BOB), agents.get(1).status(ALICE), story)
                    .isTrue();
        }

        private void pass(Duration time) {
            lab.timeline().runFor(time);
            assertThat(Stream.concat(alice.violations().stream(), bob.violations().stream()))
                    .as("writes of live sessions in %s%s", name, story)
                    .isEmpty();
        }

        private Runnable fault() {
            int kind = random.nextInt(10);
            int which = random.nextInt(2);
            story.append("\n  ")
                    .append(lab.timeline().elapsed())
                    .append(" fault ")
                    .append(kind)
                    .append(' ')
                    .append(which);
            SimulatedHost host = which == 0 ? lab.alice() : lab.bob();
            PublicKey key = which == 0 ? ALICE : BOB;
            var nat = which == 0 ? lab.aliceNat() : lab.bobNat();
            return switch (kind) {
                case 0 -> {
                    nat.remap();
                    yield () -> {};
                }
                case 1 -> {
                    nat.move(IpAddress.parse("203.0.113." + (2 + which + 2 * random.nextInt(100))));
                    yield () -> {};
                }
                case 2 -> {
                    registry.answering(false);
                    yield () -> registry.answering(true);
                }
                case 3 -> {
                    registry.lie(key, Endpoint.parse("198.51.100.77:" + (1 + random.nextInt(60_000))));
                    yield registry::tellTheTruth;
                }
                case 4 -> {
                    agents.get(which).kill();
                    yield () -> agents.get(which).start();
                }
                case 5 -> {
                    // Forwards only: whose clock was set back is refused by WireGuard itself until that time has come
                    // again.
                    clockOffset = clockOffset.plusSeconds(random.nextInt(10_000));
                    host.setClockOffset(clockOffset);
                    yield () -> {};
                }
                case 6 -> {
                    conditions(0.2);
                    yield () -> conditions(0);
                }
                case 7 -> {
                    lab.net().partition(lab.aliceNat(), lab.bobNat());
                    yield () -> lab.net().heal(lab.aliceNat(), lab.bobNat());
                }
                case 8 -> {
                    lab.net().partition(nat, lab.registry());
                    nat.remap();
                    yield () -> lab.net().heal(nat, lab.registry());
                }
                default -> {
                    var flapping = lab.timeline()
                            .scheduleAtFixedRate(
                                    Duration.ZERO,
                                    Duration.ofSeconds(1),
                                    () -> registry.lie(
                                            key, Endpoint.parse("198.51.100.78:" + (1 + random.nextInt(60_000)))));
                    yield () -> {
                        flapping.cancel();
                        registry.tellTheTruth();
                    };
                }
            };
        }

        private void conditions(double loss) {
            lab.net()
                    .conditions(LinkConditions.builder()
                            .delay(Duration.ofMillis(5 + random.nextInt(100)))
                            .jitter(Duration.ofMillis(random.nextInt(30)))
                            .loss(loss)
                            .duplication(random.nextInt(3) * 0.02)
                            .build());
        }

        private void traffic(SimulatedHost host, PublicKey peer) {
            lab.timeline().scheduleAtFixedRate(Duration.ofSeconds(20), Duration.ofMillis(700), () -> {
                var unused = host.wireGuard(DEVICE).sendData(peer);
            });
        }
    }
}
