package io.wgsd.testkit.net.agent;

import static io.wgsd.testkit.net.NatLab.DEVICE;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.ForwardingSource;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedRelay;
import io.wgsd.testkit.net.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A source that judges each write twice, ten times a second: by the first law, from what it has seen itself, and by
 * what the simulation knows.
 *
 * <p>By the law no peer is written whose handshake is younger than 180 s, unless it is suspect ({@link Watched}); a
 * suspect one gets another endpoint, or its old one back, and is restarted only once it has owed an answer for 15 s, or
 * where a relay hears it. By the simulation's truth no peer is written that could be reached, and could reach this
 * host, for the last {@link #TRULY_LIVE}. A session that runs by a relay may get another endpoint at any time, which
 * moves it and costs nothing.
 */
final class LawWatcher extends ForwardingSource {

    /** Longer than an answer takes to something that was sent when a session came to life again. */
    private static final Duration TRULY_LIVE = Duration.ofSeconds(16);

    /** A registry counts a relay that is away as hearing its members for 15 s, and an agent believes it. */
    private static final Duration HEARD = Duration.ofSeconds(16);

    /** All other peers are the agent's own: relays, and those that only open a NAT. */
    private static final Set<PublicKey> OTHERS = Set.of(NatLab.ALICE, NatLab.BOB, NatLab.REGISTRY);

    private static final Duration LOOK = Duration.ofMillis(100);

    private final SimulatedHost host;
    private final Timeline timeline;
    private final Function<PublicKey, Optional<Endpoint>> registry;
    private final Predicate<PublicKey> truth;
    private final List<SimulatedRelay> relays;
    private final Map<PublicKey, Watched> watched = new HashMap<>();
    private final Map<PublicKey, Duration> heard = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private int writes;

    /**
     * Watches a host.
     *
     * @param registry what the registry says of a peer
     * @param truth whether data would pass between the host and a peer, both ways
     * @param relays the relays that there are
     */
    LawWatcher(
            SimulatedHost host,
            Timeline timeline,
            Function<PublicKey, Optional<Endpoint>> registry,
            Predicate<PublicKey> truth,
            List<SimulatedRelay> relays) {
        super(host.source());
        this.host = host;
        this.timeline = timeline;
        this.registry = registry;
        this.truth = truth;
        this.relays = relays;
        timeline.scheduleAtFixedRate(Duration.ZERO, LOOK, this::look);
    }

    /** Returns the writes that broke the law. */
    List<String> violations() {
        return violations;
    }

    /** Returns the writes of peers with which data passed in both directions, whatever the counters showed. */
    List<String> mistakes() {
        return mistakes;
    }

    int writes() {
        return writes;
    }

    /** Takes note that the agent sends a peer a datagram. */
    void sends(PublicKey peer) {
        look();
        Watched known = watched.get(peer);
        if (known != null) {
            known.probed(timeline.elapsed());
        }
    }

    /** Writes something as an administrator would. */
    void administer(DeviceChange change) throws WireGuardException {
        super.apply(DEVICE, change);
        watched.clear();
        look();
    }

    @Override
    public void apply(String device, DeviceChange change) throws WireGuardException {
        look();
        for (PeerChange part : change.peers()) {
            writes++;
            judge(part);
        }
        super.apply(device, change);
        look();
    }

    private void judge(PeerChange part) {
        if (!OTHERS.contains(part.publicKey())) {
            return;
        }
        Watched peer = watched.get(part.publicKey());
        Duration now = timeline.elapsed();
        if (peer == null || !peer.mayBeWritten(part, isHeard(part.publicKey()), now)) {
            violations.add(now + " " + host.name() + " " + part + " " + peer);
        }
        if (peer != null && peer.isTrulyLive(now, TRULY_LIVE) && !peer.mayBeMoved(part, now)) {
            mistakes.add(now + " " + host.name() + " " + part + " " + peer);
        }
        if (peer != null) {
            peer.written(part);
        }
    }

    private boolean isHeard(PublicKey peer) {
        Duration last = heard.get(peer);
        return last != null && timeline.elapsed().minus(last).compareTo(HEARD) <= 0;
    }

    private boolean isRelayed(Peer peer) {
        return relays.stream()
                .anyMatch(relay -> peer.endpoint()
                        .filter(relay.advertisement().endpoints()::contains)
                        .isPresent());
    }

    private void look() {
        Duration now = timeline.elapsed();
        relays.forEach(relay -> relay.attached().keySet().forEach(peer -> heard.put(peer, now)));
        for (Peer peer : host.wireGuard(DEVICE).device().read().peers()) {
            PublicKey key = peer.publicKey();
            watched.computeIfAbsent(key, first -> new Watched(peer, now))
                    .look(peer, registry.apply(key), truth.test(key), isRelayed(peer), now);
        }
    }
}
