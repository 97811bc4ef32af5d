package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.SimulatedRelay;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Some hours of two agents, in which one thing after the other fails and recovers. */
final class AgentHistory {

    private static final Duration MENDED = Duration.ofMinutes(6);
    private static final int FAULTS = 12;

    private final Random random;
    private final String name;
    private final NatLab lab;
    private final LawWatcher alice;
    private final LawWatcher bob;
    private final List<SimulatedAgent> agents;
    private final List<SimulatedRelay> relays;
    private final Faults faults;
    private final StringBuilder story = new StringBuilder();

    AgentHistory(int seed) {
        random = new Random(seed);
        int keepalive = oneOf(0, 5, 25);
        int mapping = oneOf(30, 60, 120);
        RandomNats nats = new RandomNats(random);
        name = "history " + seed + " with keepalive " + keepalive + ", mappings of " + mapping + " s and " + nats;
        NatLab.Builder builder = NatLab.builder()
                .seed(seed)
                .implementation(
                        random.nextBoolean()
                                ? WireGuardImplementation.linux(100)
                                : WireGuardImplementation.wireguardGo())
                .keepalive(Duration.ofSeconds(keepalive))
                .mappingTimeout(Duration.ofSeconds(mapping))
                .bobStartsAfter(Duration.ofMillis(1 + random.nextInt(3_000)));
        nats.build(builder);
        lab = builder.build();
        relays = nats.relays().stream().map(lab::relay).toList();
        SimulatedRegistry registry =
                SimulatedRegistry.start(lab.registry(), DEVICE).announce(relays.toArray(SimulatedRelay[]::new));
        if (random.nextInt(4) > 0) {
            registry.pushing(true);
        }
        faults = new Faults(lab, registry, relays, this::agent, random);
        alice = watcher(lab.alice(), registry);
        bob = watcher(lab.bob(), registry);
        agents = List.of(
                new SimulatedAgent(lab, registry, lab.alice(), alice, 2L * seed),
                new SimulatedAgent(lab, registry, lab.bob(), bob, 2L * seed + 1));
        agents.forEach(SimulatedAgent::start);
        lab.alice().wireGuard(DEVICE).setRefusing(random.nextInt(4) > 0);
        lab.bob().wireGuard(DEVICE).setRefusing(random.nextInt(4) > 0);
        switch (random.nextInt(4)) {
            case 0 -> traffic(lab.alice(), BOB);
            case 1 -> {
                traffic(lab.alice(), BOB);
                traffic(lab.bob(), ALICE);
            }
            default -> {}
        }
    }

    void run() {
        pass(Duration.ofSeconds(30));
        for (int i = 0; i < FAULTS; i++) {
            Runnable mend = fault();
            if (random.nextInt(3) == 0) {
                pass(Duration.ofMillis(random.nextInt(20_000)));
                Runnable first = mend;
                Runnable second = fault();
                mend = () -> {
                    second.run();
                    first.run();
                };
            }
            pass(Duration.ofMillis(random.nextInt(240_000)));
            mend.run();
            mended();
            pass(Duration.ofMillis(random.nextInt(300_000)));
        }
    }

    Duration elapsed() {
        return lab.timeline().elapsed();
    }

    long writes() {
        return (long) alice.writes() + bob.writes();
    }

    private SimulatedAgent agent(PublicKey of) {
        return agents.get(of.equals(ALICE) ? 0 : 1);
    }

    private Runnable fault() {
        Faults.Fault fault = faults.next();
        story.append("\n  ").append(elapsed()).append(' ').append(fault.name());
        return fault.mend();
    }

    private void mended() {
        // An old session may last for a while, on one side or on both, until an agent notices that it is dead.
        pass(Duration.ofSeconds(200));
        boolean connected = lab.timeline().runUntil(this::passes, MENDED);
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
        assertThat(Stream.concat(alice.mistakes().stream(), bob.mistakes().stream()))
                .as("writes of sessions under which data passed in %s%s", name, story)
                .isEmpty();
    }

    private LawWatcher watcher(SimulatedHost host, SimulatedRegistry registry) {
        return new LawWatcher(host, lab.timeline(), registry::advertised, this::passes, relays);
    }

    private boolean passes(PublicKey key) {
        return !faults.deceive() && (key.equals(ALICE) || key.equals(BOB)) && passes();
    }

    /** Returns whether data would pass in both directions. */
    private boolean passes() {
        return lab.alice().wireGuard(DEVICE).reaches(BOB)
                && lab.bob().wireGuard(DEVICE).reaches(ALICE);
    }

    private void traffic(SimulatedHost host, PublicKey peer) {
        Duration period = Duration.ofMillis(oneOf(700, 7_000, 40_000));
        lab.timeline().scheduleAtFixedRate(Duration.ofSeconds(20), period, () -> {
            var unused = host.wireGuard(DEVICE).sendData(peer);
        });
    }

    private int oneOf(int... values) {
        return values[random.nextInt(values.length)];
    }
}
