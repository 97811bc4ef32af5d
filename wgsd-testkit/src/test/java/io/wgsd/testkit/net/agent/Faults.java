package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Node;
import io.wgsd.testkit.net.Scheduled;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedNat;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.SimulatedRelay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What goes wrong in a lab with two agents, one thing at a time, by chance. */
final class Faults {

    private static final double LOSSY = 0.2;
    private static final Duration KNOWN_TO_ANSWER = Duration.ofMinutes(10);

    private final NatLab lab;
    private final SimulatedRegistry registry;
    private final List<SimulatedRelay> relays;
    private final Function<PublicKey, SimulatedAgent> agents;
    private final Random random;
    private Duration clockOffset = Duration.ZERO;
    private boolean lossy;
    private @Nullable Duration becameSilent;

    Faults(
            NatLab lab,
            SimulatedRegistry registry,
            List<SimulatedRelay> relays,
            Function<PublicKey, SimulatedAgent> agents,
            Random random) {
        this.relays = relays;
        this.lab = lab;
        this.registry = registry;
        this.agents = agents;
        this.random = random;
        conditions(0);
    }

    /**
     * Something that has gone wrong.
     *
     * @param name what
     * @param mend what repairs it
     */
    record Fault(String name, Runnable mend) {}

    /** Lets something go wrong, on one side or on both. */
    Fault next() {
        boolean isAlice = random.nextBoolean();
        String name = isAlice ? "alice" : "bob";
        SimulatedHost host = isAlice ? lab.alice() : lab.bob();
        SimulatedNat nat = isAlice ? lab.aliceNat() : lab.bobNat();
        Node outermost = lab.net().node(name + "-carrier").orElse(nat);
        PublicKey key = isAlice ? ALICE : BOB;
        SimulatedAgent agent = agents.apply(key);
        List<Supplier<Fault>> kinds = new ArrayList<>(List.of(
                () -> once(name + "'s NAT forgets", nat::remap),
                () -> once(name + "'s NAT moves", () -> move(nat, isAlice)),
                () -> once(name + "'s port changes", () -> changePort(host)),
                () -> once(name + "'s clock is set", () -> setClock(host)),
                () -> until(
                        "the registry is silent",
                        () -> registry.setAnswering(false),
                        () -> registry.setAnswering(true)),
                () -> until(
                        "the registry lies about " + name,
                        () -> registry.advertise(key, nowhere("198.51.100.77")),
                        registry::advertiseWhatIsHeard),
                () -> flapping(name, key),
                () -> until(name + "'s agent is killed", agent::kill, agent::start),
                () -> until(
                        name + "'s agent is killed, and the clock set",
                        () -> {
                            agent.kill();
                            setClock(host);
                        },
                        agent::start),
                () -> until("20 % are lost", () -> conditions(LOSSY), () -> conditions(0)),
                () -> until("2 % are lost", () -> conditions(0.02), () -> conditions(0)),
                () -> until(
                        "the NATs are cut off from each other",
                        () -> lab.setPath(false, false),
                        () -> lab.setPath(true, true)),
                () -> until(
                        "nothing passes directly from " + name,
                        () -> lab.setPath(!isAlice, isAlice),
                        () -> lab.setPath(true, true)),
                () -> until(
                        name + "'s NAT forgets, and is cut off from the registry",
                        () -> {
                            lab.net().partition(outermost, lab.registry());
                            nat.remap();
                        },
                        () -> lab.net().heal(outermost, lab.registry())),
                () -> until(
                        name + "'s host refuses nothing any more",
                        () -> {
                            host.wireGuard(DEVICE).setRefusing(false);
                            becameSilent = lab.timeline().elapsed();
                        },
                        () -> host.wireGuard(DEVICE).setRefusing(true))));
        if (!relays.isEmpty()) {
            kinds.addAll(ofRelay(name, outermost));
        }
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private List<Supplier<Fault>> ofRelay(String side, Node outermost) {
        SimulatedRelay relay = relays.get(random.nextInt(relays.size()));
        return List.of(
                () -> once("a relay restarts", relay::restart),
                () -> once("a relay restarts without its state", relay::restartWithoutState),
                () -> until("a relay is away", () -> relay.setUp(false), () -> relay.setUp(true)),
                () -> until(
                        "a relay is slow",
                        () -> relay.setDelay(Duration.ofMillis(300)),
                        () -> relay.setDelay(Duration.ZERO)),
                () -> until(
                        side + " is cut off from a relay",
                        () -> lab.net().partition(outermost, relay.host()),
                        () -> lab.net().heal(outermost, relay.host())));
    }

    /**
     * Returns whether a session under which data pass may look dead: so much is lost that a peer may be silent for 15 s
     * by chance, or a host that is known to answer probes has stopped to.
     */
    boolean deceive() {
        Duration now = lab.timeline().elapsed();
        return lossy || (becameSilent != null && now.minus(becameSilent).compareTo(KNOWN_TO_ANSWER) < 0);
    }

    private static Fault once(String name, Runnable what) {
        what.run();
        return new Fault(name, () -> {});
    }

    private static Fault until(String name, Runnable begin, Runnable end) {
        begin.run();
        return new Fault(name, end);
    }

    private Fault flapping(String name, PublicKey key) {
        Scheduled lies = lab.timeline()
                .scheduleAtFixedRate(
                        Duration.ZERO, Duration.ofSeconds(1), () -> registry.advertise(key, nowhere("198.51.100.78")));
        return new Fault("the registry tells something else of " + name + " each second", () -> {
            lies.cancel();
            registry.advertiseWhatIsHeard();
        });
    }

    private Endpoint nowhere(String address) {
        return Endpoint.of(IpAddress.parse(address), 1 + random.nextInt(60_000));
    }

    private void move(SimulatedNat nat, boolean isAlice) {
        nat.move(IpAddress.parse("203.0.113." + (2 + (isAlice ? 0 : 1) + 2 * random.nextInt(100))));
    }

    private void changePort(SimulatedHost host) {
        DeviceChange change = DeviceChange.builder()
                .listenPort(20_000 + random.nextInt(20_000))
                .build();
        try {
            host.wireGuard(DEVICE).device().apply(change);
        } catch (WireGuardException e) {
            throw new AssertionError(e);
        }
    }

    /** Forwards only: WireGuard itself ignores a host whose clock was set back until that time has come again. */
    private void setClock(SimulatedHost host) {
        clockOffset = clockOffset.plusSeconds(random.nextInt(10_000));
        host.setClockOffset(clockOffset);
    }

    private void conditions(double loss) {
        lossy = loss >= LOSSY;
        lab.net()
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(5 + random.nextInt(100)))
                        .jitter(Duration.ofMillis(random.nextInt(30)))
                        .loss(loss)
                        .duplication(random.nextInt(3) * 0.02)
                        .build());
    }
}
