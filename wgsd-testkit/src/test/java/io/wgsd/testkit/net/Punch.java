package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the two sides of a {@link NatLab} do to reach each other, each through its own {@code PeerSource}. */
final class Punch {

    static final Duration KEEPALIVE = Duration.ofSeconds(25);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final NatLab lab;

    Punch(NatLab lab) {
        this.lab = lab;
    }

    /**
     * Has Alice act now and Bob later, and returns how long after Bob both could send; empty if not within two minutes.
     */
    Optional<Duration> both(Duration offset, UnaryOperator<PeerChange.Builder> also) {
        alice(also);
        lab.timeline().runFor(offset);
        Duration later = lab.timeline().elapsed();
        bob(also);
        boolean connected = lab.timeline().runUntil(lab::isConnected, LIMIT);
        return connected ? Optional.of(lab.timeline().elapsed().minus(later)) : Optional.empty();
    }

    /**
     * Has both restart the other again and again until they hear it, Bob later, and returns how long after Alice both
     * could.
     */
    Duration retrying(Duration period, Duration bobLater) {
        Duration start = lab.timeline().elapsed();
        retry(lab.alice(), BOB, Duration.ZERO, period);
        retry(lab.bob(), ALICE, bobLater, period);
        lab.timeline().runUntil(lab::isConnected, LIMIT);
        return lab.timeline().elapsed().minus(start);
    }

    private void retry(SimulatedHost host, PublicKey other, Duration delay, Duration period) {
        lab.timeline().scheduleAtFixedRate(delay, period, () -> {
            Peer peer = host.wireGuard(DEVICE).device().peer(other).orElseThrow();
            if (peer.statistics().latestHandshake().isEmpty()) {
                act(host, other, restart());
            }
        });
    }

    void alice(UnaryOperator<PeerChange.Builder> also) {
        act(lab.alice(), BOB, also);
    }

    void bob(UnaryOperator<PeerChange.Builder> also) {
        act(lab.bob(), ALICE, also);
    }

    private void act(SimulatedHost host, PublicKey other, UnaryOperator<PeerChange.Builder> also) {
        Endpoint endpoint = lab.advertised(other).orElseThrow();
        PeerChange.Builder change = DeviceChange.builder().peer(other).endpoint(endpoint);
        apply(host, also.apply(change).build());
    }

    static void apply(SimulatedHost host, DeviceChange change) {
        try {
            host.source().apply(DEVICE, change);
        } catch (WireGuardException e) {
            throw new AssertionError(e);
        }
    }

    static UnaryOperator<PeerChange.Builder> nothingElse() {
        return UnaryOperator.identity();
    }

    static UnaryOperator<PeerChange.Builder> keepaliveOn() {
        return change -> change.persistentKeepalive(KEEPALIVE);
    }

    static UnaryOperator<PeerChange.Builder> restart() {
        return PeerChange.Builder::restart;
    }
}
