package io.wgsd.discovery.decide;

import io.wgsd.discovery.decide.PeerDecision.Action;
import io.wgsd.discovery.decide.relay.RelayView;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many attempts may still go to each address, so that a registry that lies about all peers cannot point them at one
 * victim: what is sent to a host is bounded, no matter how many peers are advertised there.
 *
 * <p>An attempt that leads to a session is given back, so that many peers behind one NAT are not held back. An IPv6
 * network of 64 bits counts as one address. Not thread-safe: one is made for each decision.
 */
final class DestinationBudgets {

    /**
     * WireGuard repeats an initiation each 5 s for 90 s (drivers/net/wireguard/messages.h): each attempt is up to 19
     * packets.
     */
    static final TokenBucket.Size SIZE = new TokenBucket.Size(64, Duration.ofSeconds(2));

    /** Peers that have been silent for long leave this many to those with news. */
    private static final int RESERVE = 32;

    /** With a persistent keepalive WireGuard sends for ever, and only removing the peer removes its endpoint. */
    static final int MOST_KEPT_ALIVE = 32;

    private static final Duration CROWDED = Duration.ofSeconds(20);
    private static final int NETWORK = 64;

    private final Map<IpAddress, TokenBucket> before;
    private final Collection<PeerMemory> peers;
    private final RelayView relays;
    private final Moment at;
    private @Nullable Map<IpAddress, TokenBucket> changed;
    private @Nullable Map<IpAddress, Integer> keptAlive;

    /**
     * Begins one decision.
     *
     * @param before what was left after the previous decision; an address that is missing has all attempts left
     * @param peers what is remembered of all peers
     * @param relays the relays, at which nothing is counted
     */
    DestinationBudgets(Map<IpAddress, TokenBucket> before, Collection<PeerMemory> peers, RelayView relays, Moment at) {
        this.before = before;
        this.peers = peers;
        this.relays = relays;
        this.at = at;
    }

    /** Returns whether some peers had to wait, so that it matters which one is decided about first. */
    boolean isScarce() {
        return before.values().stream().anyMatch(bucket -> bucket.tokens() < RESERVE + 1);
    }

    /** Returns how long it takes until an action on a peer is allowed; zero if it is allowed now. */
    Duration wait(PeerMemory peer, Action act) {
        Endpoint to = unproven(peer, act);
        if (to == null) {
            return Duration.ZERO;
        }
        if (isAdded(peer, act, to) && keptAlive().getOrDefault(address(to), 0) >= MOST_KEPT_ALIVE) {
            return CROWDED;
        }
        Attempts series = peer.attempts();
        boolean news = series == null || series.count() <= Timing.FAST_ATTEMPTS;
        return left(address(to)).wait(SIZE, news ? 1 : RESERVE + 1);
    }

    /** Notes that an action on a peer is carried out. */
    void take(PeerMemory peer, Action act) {
        Endpoint to = unproven(peer, act);
        if (to == null) {
            return;
        }
        if (isAdded(peer, act, to)) {
            keptAlive().merge(address(to), 1, Integer::sum);
        }
        changed().put(address(to), left(address(to)).take());
    }

    /** Notes that a peer has got a session, which shows that its address is no victim's. */
    void arrived(PeerMemory peer) {
        peer.peer().endpoint().map(DestinationBudgets::address).ifPresent(address -> {
            if (now().containsKey(address)) {
                changed().put(address, left(address).put(SIZE));
            }
        });
    }

    /** Returns what is left now, without the addresses that have all attempts left again. */
    Map<IpAddress, TokenBucket> left() {
        Map<IpAddress, TokenBucket> edited = changed;
        if (edited == null) {
            return before;
        }
        Map<IpAddress, TokenBucket> left = new HashMap<>();
        edited.forEach((address, bucket) -> {
            if (bucket.at(at, SIZE).tokens() < SIZE.most()) {
                left.put(address, bucket);
            }
        });
        return left;
    }

    /** Returns the endpoint to which an action sends, if it has not been shown to be the peer's; otherwise null. */
    private @Nullable Endpoint unproven(PeerMemory peer, Action act) {
        Optional<Endpoint> has = peer.peer().endpoint();
        Endpoint to = act.endpoint() == null ? has.orElse(null) : act.endpoint();
        if (to != null && relays.at(to).isPresent()) {
            // A relay is no victim: this host has a session with it.
            return null;
        }
        Trial trial = peer.trial();
        boolean takenBack = trial != null && to != null && trial.before().equals(to);
        boolean proven = peer.session().isLive(at)
                || (peer.written() == null
                        && (takenBack || has.equals(Optional.ofNullable(to)))
                        && peer.session().age(at).isPresent());
        return proven ? null : to;
    }

    /** Returns whether WireGuard would from now on send by itself to an address that it does not send to yet. */
    private static boolean isAdded(PeerMemory peer, Action act, Endpoint to) {
        boolean keptAlive = act.keepalive() || peer.peer().persistentKeepalive().isPresent();
        return keptAlive
                && !peer.peer().endpoint().map(DestinationBudgets::address).equals(Optional.of(address(to)));
    }

    private Map<IpAddress, Integer> keptAlive() {
        Map<IpAddress, Integer> counts = keptAlive;
        if (counts == null) {
            counts = new HashMap<>();
            for (PeerMemory peer : peers) {
                Endpoint written = peer.written();
                if (written != null && peer.peer().persistentKeepalive().isPresent()) {
                    counts.merge(address(written), 1, Integer::sum);
                }
            }
            keptAlive = counts;
        }
        return counts;
    }

    private Map<IpAddress, TokenBucket> now() {
        Map<IpAddress, TokenBucket> edited = changed;
        return edited == null ? before : edited;
    }

    private Map<IpAddress, TokenBucket> changed() {
        Map<IpAddress, TokenBucket> edited = changed;
        if (edited == null) {
            edited = new HashMap<>(before);
            changed = edited;
        }
        return edited;
    }

    private TokenBucket left(IpAddress address) {
        TokenBucket known = now().get(address);
        return known == null ? SIZE.full(at) : known.at(at, SIZE);
    }

    private static IpAddress address(Endpoint endpoint) {
        IpAddress address = endpoint.address();
        return address.isIpv6() ? address.network(NETWORK) : address;
    }
}
