package io.wgsd.discovery.registry;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One registry that is asked: what it has said, and whether it answers. Not thread-safe. */
final class AskedRegistry {

    private static final int SAMPLES = 8;

    /** One failed question is no outage, although the client has repeated it before it failed. */
    private static final int FAILURES = 2;

    /** Changes may be lost with the connection that carries them, which is noticed later than this. */
    private static final Duration FOLLOWED_PAUSE = Duration.ofSeconds(2);

    private final RegistryChannel channel;
    private final Map<PublicKey, Advertisement> said = new HashMap<>();
    private final Map<PublicKey, Integer> pending = new HashMap<>();
    private final Map<PublicKey, Moment> askedAt = new HashMap<>();
    private final Deque<Duration> roundTrips = new ArrayDeque<>();
    private final AskedRelays relays = new AskedRelays();
    private @Nullable Boolean up;
    private int failures;
    private boolean barred;

    AskedRegistry(RegistryChannel channel) {
        this.channel = channel;
    }

    RegistryChannel channel() {
        return channel;
    }

    AskedRelays relays() {
        return relays;
    }

    /** Returns whether it was asked and does not answer. */
    boolean isAway() {
        return failures >= FAILURES;
    }

    boolean isUp() {
        return Boolean.TRUE.equals(up);
    }

    Optional<Advertisement> said(PublicKey key) {
        return Optional.ofNullable(said.get(key));
    }

    /** Returns the shortest of the latest round trips; empty before the first. */
    Optional<Duration> roundTrip() {
        return roundTrips.stream().min(Duration::compareTo);
    }

    int pending(PublicKey key) {
        return pending.getOrDefault(key, 0);
    }

    void asked(PublicKey key, Moment at) {
        pending.merge(key, 1, Integer::sum);
        askedAt.put(key, at);
    }

    /** Returns whether a question is of use: about a peer whose changes are pushed, it asks only now and then. */
    boolean isWorthAsking(PublicKey key, Moment at) {
        Moment before = askedAt.get(key);
        return before == null || !channel.isFollowed(key) || at.since(before).compareTo(FOLLOWED_PAUSE) >= 0;
    }

    /** Takes what the registry has pushed. */
    void pushed(PublicKey key, Optional<Advertisement> news) {
        news.ifPresentOrElse(found -> said.put(key, found), () -> said.remove(key));
    }

    private void ended(PublicKey key) {
        pending.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** Takes an answer. */
    void answered(PublicKey key, Optional<Advertisement> answer, Duration took) {
        ended(key);
        failures = 0;
        roundTrips.addLast(took);
        if (roundTrips.size() > SAMPLES) {
            roundTrips.removeFirst();
        }
        pushed(key, answer);
    }

    /** Takes a failure; what the registry said before stays, since it may still be right. */
    void failed(PublicKey key) {
        ended(key);
        failures++;
    }

    /** Returns whether it has come up or gone down, and notes that; empty if nothing has changed. */
    Optional<Boolean> turn() {
        boolean now = failures == 0 && !roundTrips.isEmpty();
        boolean undecided = !now && failures < FAILURES;
        if (undecided || Boolean.valueOf(now).equals(up)) {
            return Optional.empty();
        }
        up = now;
        return Optional.of(now);
    }

    /** Notes that it must not be asked; returns whether that is news. */
    boolean refused() {
        boolean news = !Boolean.FALSE.equals(up);
        up = false;
        barred = true;
        return news;
    }

    /** Notes that it may be asked; returns whether that is news. */
    boolean readmitted() {
        boolean news = barred;
        barred = false;
        return news;
    }

    /** Forgets those peers that the device does not have. */
    void retain(Set<PublicKey> keys) {
        said.keySet().retainAll(keys);
        askedAt.keySet().retainAll(keys);
    }
}
