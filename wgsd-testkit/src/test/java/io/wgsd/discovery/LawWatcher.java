package io.wgsd.discovery;

import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.ForwardingSource;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source that judges each write by the first law, from what it has seen itself, ten times a second: no peer is written whose
 * handshake is younger than 180 s, unless it has owed an answer for 15 s.
 */
final class LawWatcher extends ForwardingSource {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final SimulatedHost host;
    private final Timeline timeline;
    private final Map<PublicKey, Seen> seen = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private int writes;

    LawWatcher(SimulatedHost host, Timeline timeline) {
        super(host.source());
        this.host = host;
        this.timeline = timeline;
        timeline.scheduleAtFixedRate(Duration.ZERO, LOOK, this::look);
    }

    private record Seen(
            Optional<Instant> stamp,
            Duration stampChanged,
            long rx,
            long tx,
            @Nullable Duration owing) {}

    List<String> violations() {
        return violations;
    }

    int writes() {
        return writes;
    }

    /** Writes something as an administrator would. */
    void administer(DeviceChange change) throws WireGuardException {
        super.apply(DEVICE, change);
        seen.clear();
        look();
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        look();
        for (PeerChange part : change.peers()) {
            writes++;
            Seen peer = seen.get(part.publicKey());
            if (peer == null || isLive(peer)) {
                violations.add(timeline.elapsed() + " " + host.name() + " " + part + " " + peer);
            }
        }
        super.apply(device, change);
        change.peers().forEach(part -> seen.remove(part.publicKey()));
        look();
    }

    private boolean isLive(Seen peer) {
        Duration now = timeline.elapsed();
        boolean young =
                peer.stamp().isPresent() && now.minus(peer.stampChanged()).compareTo(Duration.ofSeconds(180)) < 0;
        Duration owing = peer.owing();
        return young && (owing == null || now.minus(owing).compareTo(Duration.ofSeconds(15)) < 0);
    }

    private void look() {
        host.wireGuard(DEVICE).device().read().peers().forEach(this::look);
    }

    private void look(Peer peer) {
        Seen before = seen.get(peer.publicKey());
        long rx = peer.statistics().rxBytes();
        long tx = peer.statistics().txBytes();
        Optional<Instant> stamp = peer.statistics().latestHandshake();
        Duration now = timeline.elapsed();
        if (before == null || rx < before.rx() || tx < before.tx()) {
            // Nothing is known of a session that was there before the first look; it counts as just begun.
            seen.put(peer.publicKey(), new Seen(stamp, now, rx, tx, null));
            return;
        }
        boolean shaken = !stamp.equals(before.stamp());
        boolean answered = rx != before.rx() || shaken;
        boolean sent = (tx - before.tx()) % 32 != 0 || tx - before.tx() > 32;
        Duration owing = answered ? null : before.owing();
        if (owing == null && sent) {
            // Within one look it is not known which came first.
            owing = now;
        }
        seen.put(peer.publicKey(), new Seen(stamp, shaken ? now : before.stampChanged(), rx, tx, owing));
    }
}
