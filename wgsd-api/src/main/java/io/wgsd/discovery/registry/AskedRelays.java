package io.wgsd.discovery.registry;

import io.wgsd.dnssd.RelayAdvertisement;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The relays of one registry: which it announces, and when it is asked again. Not thread-safe. */
final class AskedRelays {

    private static final Duration PAUSE = Duration.ofMinutes(3);

    /** A registry may name a relay that it never announces. */
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(10);

    private List<RelayAdvertisement> announced = List.of();
    private @Nullable Moment askedAt;
    private boolean pending;
    private boolean wanted;

    List<RelayAdvertisement> announced() {
        return announced;
    }

    boolean isDue(Moment at) {
        Moment before = askedAt;
        return !pending && (before == null || at.since(before).compareTo(wanted ? LEAST_PAUSE : PAUSE) >= 0);
    }

    void asked(Moment at) {
        askedAt = at;
        pending = true;
        wanted = false;
    }

    /** Lets it be asked again at once. */
    void hurry() {
        askedAt = null;
    }

    /** Lets it be asked again soon, since a relay was named that is not known. */
    void want() {
        wanted = true;
    }

    /** Takes an answer; returns whether it differs from the one before. */
    boolean answered(List<RelayAdvertisement> answer) {
        pending = false;
        boolean differs = !answer.equals(announced);
        announced = List.copyOf(answer);
        return differs;
    }

    /** Takes a failure; what was announced before stays, since it may still be right. */
    void failed() {
        pending = false;
        wanted = true;
    }
}
