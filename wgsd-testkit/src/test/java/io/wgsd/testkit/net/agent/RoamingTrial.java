package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.net.LinkConditions;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Ping;
import io.wgsd.testkit.net.SimulatedRegistry;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One tunnel that is cut because Alice is found at another endpoint: how long it takes from when the registry knows
 * that until her pings are answered again. Both NATs filter by address and port, so that only Bob's agent can mend it.
 */
final class RoamingTrial {

    private static final Duration LIMIT = Duration.ofMinutes(6);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What happens to Alice. */
    enum Case {
        /** An idle tunnel with keepalives of 25 s; her NAT gets another address and other ports. */
        NAT_MOVES("NAT moves, tunnel idle for 20 s", 25),
        /** The same, but her device gets another listen port. */
        LISTEN_PORT("listen port changed", 25),
        /** No keepalives, and nothing sent for a minute: her NAT forgets the mapping, and chooses another port. */
        FORGOTTEN("mapping forgotten, no keepalives", 0),
        /** She pings until her NAT moves, and on. */
        UNDER_TRAFFIC("NAT moves under traffic", 25),
        /** No keepalives, and nothing sent for a minute: Bob's NAT forgets her, and there is no news. */
        NO_NEWS("no news: only Bob's NAT forgot", 0);

        final String title;
        final int keepalive;

        Case(String title, int keepalive) {
            this.title = title;
            this.keepalive = keepalive;
        }
    }

    private final Case which;
    private final NatLab lab;
    private final Random random;
    private final List<Ping> pings = new ArrayList<>();

    private RoamingTrial(Case which, boolean answers, double loss, int seed) {
        this.which = which;
        random = new Random(seed);
        lab = NatLab.builder()
                .seed(seed)
                .implementation(
                        random.nextBoolean()
                                ? WireGuardImplementation.linux(250)
                                : WireGuardImplementation.wireguardGo())
                .conditions(LinkConditions.builder()
                        .delay(Duration.ofMillis(10 + random.nextInt(70)))
                        .jitter(Duration.ofMillis(5))
                        .loss(loss)
                        .build())
                .keepalive(Duration.ofSeconds(which.keepalive))
                .build();
        lab.alice().wireGuard(DEVICE).setRefusing(answers);
        SimulatedRegistry registry =
                SimulatedRegistry.start(lab.registry(), DEVICE).pushing(true);
        new SimulatedAgent(lab, registry, lab.alice(), 2L * seed).start();
        new SimulatedAgent(lab, registry, lab.bob(), 2L * seed + 1).start();
    }

    /**
     * Returns how long it took.
     *
     * @param answers whether Alice's host answers datagrams that nobody listens for
     * @param loss of each link
     */
    static Duration run(Case which, boolean answers, double loss, int seed) {
        return new RoamingTrial(which, answers, loss, seed).run();
    }

    private Duration run() {
        if (!lab.timeline().runUntil(lab::isConnected, LIMIT)) {
            throw new AssertionError("no tunnel to begin with");
        }
        pass(Duration.ofMillis(5_000 + random.nextInt(90_000)));
        switch (which) {
            case NAT_MOVES, LISTEN_PORT -> pass(Duration.ofSeconds(20));
            case FORGOTTEN, NO_NEWS -> pass(Duration.ofSeconds(60));
            case UNDER_TRAFFIC -> {
                pingOn();
                pass(Duration.ofSeconds(20));
            }
        }
        Optional<Endpoint> before = lab.advertised(ALICE);
        cut();
        int old = pings.size();
        if (which != Case.UNDER_TRAFFIC) {
            pingOn();
        }
        if (which != Case.NO_NEWS
                && !lab.timeline().runUntil(() -> !lab.advertised(ALICE).equals(before), LIMIT)) {
            throw new AssertionError("the registry never hears of Alice again");
        }
        Duration known = lab.timeline().elapsed();
        lab.timeline().runUntil(() -> pings.stream().skip(old).anyMatch(Ping::isAnswered), LIMIT);
        return lab.timeline().elapsed().minus(known);
    }

    private void cut() {
        switch (which) {
            case NAT_MOVES, UNDER_TRAFFIC -> lab.aliceNat().move(IpAddress.parse("203.0.113.77"));
            case FORGOTTEN -> lab.aliceNat().remap();
            case LISTEN_PORT -> {
                DeviceChange change = DeviceChange.builder().listenPort(51_999).build();
                try {
                    lab.alice().wireGuard(DEVICE).device().apply(change);
                } catch (WireGuardException e) {
                    throw new AssertionError(e);
                }
            }
            case NO_NEWS -> {}
        }
    }

    private void pingOn() {
        pass(Duration.ofMillis(random.nextInt(1000)));
        lab.timeline()
                .scheduleAtFixedRate(
                        Duration.ZERO,
                        SECOND,
                        () -> pings.add(lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL)));
    }

    private void pass(Duration time) {
        lab.timeline().runFor(time);
    }
}
