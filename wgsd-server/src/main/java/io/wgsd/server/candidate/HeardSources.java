package io.wgsd.server.candidate;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * From which addresses relays have heard each peer lately, by packets that prove who it is: so that a peer which the
 * registry sees by IPv4 may register its address of IPv6. Thread-safe.
 */
public final class HeardSources {

    /** A peer sends its relays a keepalive every 25 seconds at most. */
    private static final Duration RECENT = Duration.ofMinutes(2);

    private final LongSupplier nanoClock;
    private volatile Map<PublicKey, Map<IpAddress, Long>> heard = Map.of();

    /**
     * Makes one that knows nothing.
     *
     * @param nanoClock the monotonic clock of what is heard
     */
    public HeardSources(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * What a relay heard.
     *
     * @param peer the peer
     * @param source from where the packet came
     * @param nanos when it came
     */
    public record Sound(PublicKey peer, Endpoint source, long nanos) {}

    /** Takes the latest of each relay, in place of what was known. */
    public void heard(Iterable<Sound> latest) {
        Map<PublicKey, Map<IpAddress, Long>> next = new HashMap<>();
        for (Sound sound : latest) {
            next.computeIfAbsent(sound.peer(), key -> new HashMap<>())
                    .merge(sound.source().address(), sound.nanos(), Math::max);
        }
        heard = next;
    }

    /** Returns the addresses at which a peer was heard lately. */
    Set<IpAddress> of(PublicKey peer) {
        long now = nanoClock.getAsLong();
        Set<IpAddress> recent = new HashSet<>();
        heard.getOrDefault(peer, Map.of()).forEach((address, nanos) -> {
            if (now - nanos < RECENT.toNanos()) {
                recent.add(address);
            }
        });
        return recent;
    }
}
