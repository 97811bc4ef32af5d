package io.wgsd.testkit.net.agent;

import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One peer as a {@link LawWatcher} has seen it: whether its session is live by the first law, and whether it truly is.
 */
final class Watched {

    private static final Duration LIFETIME = Duration.ofSeconds(180);

    /** The law's 15 s, less what a look every 100 ms may miss at either end. */
    private static final Duration OWING = Duration.ofMillis(14_800);

    /** A move ends with the relay's endpoint, at the latest after so long. */
    private static final Duration MOVING = Duration.ofSeconds(3);

    private static final Duration PROBING = Duration.ofMillis(2_500);
    private static final Duration KNOWN_TO_ANSWER = Duration.ofMinutes(10);
    private static final Duration ROUND_TRIP = Duration.ofSeconds(1);
    private static final int PROBES = 3;

    private Optional<Instant> stamp;
    private Optional<Endpoint> endpoint;
    private Duration shaken;
    private long rx;
    private long tx;
    private Duration heard;
    private @Nullable Duration owing;
    private int sent;
    private final Deque<Duration> probes = new ArrayDeque<>();
    private @Nullable Duration answered;
    private @Nullable Duration news;
    private boolean silentUnderProbes;
    private boolean advertisedElsewhere;
    private @Nullable Endpoint beforeTrial;
    private @Nullable Duration trulyLive;
    private @Nullable Duration relayed;

    /** Nothing is known of a session that was there before the first look; it counts as just begun. */
    Watched(Peer peer, Duration now) {
        stamp = peer.statistics().latestHandshake();
        endpoint = peer.endpoint();
        shaken = now;
        heard = now;
        rx = peer.statistics().rxBytes();
        tx = peer.statistics().txBytes();
    }

    void look(Peer peer, Optional<Endpoint> advertised, boolean passes, boolean isRelayed, Duration now) {
        relayed = isRelayed ? now : relayed;
        long rxNow = peer.statistics().rxBytes();
        long txNow = peer.statistics().txBytes();
        boolean afresh = rxNow < rx || txNow < tx;
        boolean other = !peer.statistics().latestHandshake().equals(stamp);
        if (afresh || other || rxNow != rx) {
            heard(now);
        } else if ((txNow - tx) % 32 != 0 || txNow - tx > 32) {
            // A keepalive needs no answer. Within one reading it is not known which came first.
            owing = owing == null ? now : owing;
            sent++;
        }
        shaken = afresh || other ? now : shaken;
        stamp = peer.statistics().latestHandshake();
        endpoint = peer.endpoint();
        rx = rxNow;
        tx = txNow;
        news = advertised.isPresent() && !advertised.equals(endpoint) ? now : news;
        trulyLive = passes ? (trulyLive == null ? now : trulyLive) : null;
        boolean silent = isSilentUnderProbes(now);
        silentUnderProbes |= silent;
        advertisedElsewhere |= silent && news != null && now.minus(news).compareTo(KNOWN_TO_ANSWER) < 0;
    }

    private void heard(Duration now) {
        if (probes.stream().anyMatch(probe -> now.minus(probe).compareTo(ROUND_TRIP) <= 0)) {
            answered = now;
        }
        heard = now;
        owing = null;
        sent = 0;
        probes.clear();
        silentUnderProbes = false;
        advertisedElsewhere = false;
        beforeTrial = null;
    }

    void probed(Duration now) {
        owing = owing == null ? now : owing;
        probes.addLast(now);
    }

    void written(PeerChange part) {
        if (part.isRestart()) {
            beforeTrial = null;
        } else if (beforeTrial == null) {
            beforeTrial = endpoint.orElse(null);
        }
    }

    /**
     * Returns whether the law lets a peer be written.
     *
     * @param heard whether a relay hears the peer, so that a session that looks dead may be tried there, and begun anew
     */
    boolean mayBeWritten(PeerChange part, boolean heard, Duration now) {
        boolean young = stamp.isPresent() && now.minus(shaken).compareTo(LIFETIME) < 0;
        if (!young || isOwing(now) || mayBeMoved(part, now)) {
            return true;
        }
        boolean back = beforeTrial != null && part.endpoint().equals(Optional.of(beforeTrial));
        boolean elsewhere = silentUnderProbes && heard;
        return elsewhere || (!part.isRestart() && (advertisedElsewhere || back));
    }

    /** Returns whether a write only takes a session to another path that runs by a relay, or did until lately. */
    boolean mayBeMoved(PeerChange part, Duration now) {
        return relayed != null && now.minus(relayed).compareTo(MOVING) <= 0 && !part.isRestart() && !part.isRemove();
    }

    boolean isTrulyLive(Duration now, Duration atLeast) {
        return trulyLive != null && now.minus(trulyLive).compareTo(atLeast) >= 0;
    }

    /** Whether something was sent more than once, and for 15 s nothing came. */
    private boolean isOwing(Duration now) {
        return owing != null && sent > 1 && now.minus(owing).compareTo(OWING) >= 0;
    }

    /** Whether it was known to answer probes, and did not answer them for 2.5 s. */
    private boolean isSilentUnderProbes(Duration now) {
        Duration first = probes.peekFirst();
        return first != null
                && probes.size() >= PROBES
                && now.minus(first).compareTo(PROBING) >= 0
                && answered != null
                && now.minus(answered).compareTo(KNOWN_TO_ANSWER) < 0;
    }

    @Override
    public String toString() {
        return "[at " + endpoint + ", shaken " + shaken + ", heard " + heard + ", owing since " + owing + " (" + sent
                + "), probes " + probes + ", answered " + answered + ", news " + news + ", truly live since "
                + trulyLive
                + "]";
    }
}
