package io.wgsd.discovery.registry;

import io.wgsd.discovery.candidate.RegistrationOutcome;
import io.wgsd.internal.Durations;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this host has registered at one registry, and when it does so again. Not thread-safe. */
final class Registered {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** A registry that takes none may be replaced by one that does. */
    private static final Duration HOPELESS = Duration.ofMinutes(5);

    /** A registry takes an address once a relay hears this host there. */
    private static final Duration FIRST_REFUSED = Duration.ofSeconds(15);

    private static final Duration LONGEST_REFUSED = Duration.ofMinutes(15);

    private final RegistryChannel channel;
    private final Set<Endpoint> refused = new HashSet<>();
    private @Nullable PublicKey key;
    private List<Endpoint> offered = List.of();
    private List<Endpoint> registered = List.of();
    private List<Endpoint> sent = List.of();
    private boolean pending;
    private @Nullable Moment notBefore;
    private @Nullable Moment renewal;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Moment refusedUntil;
    private Duration refusedPause = FIRST_REFUSED;
    private boolean told;

    Registered(RegistryChannel channel) {
        this.channel = channel;
    }

    RegistryChannel channel() {
        return channel;
    }

    /** Returns the key for which something is registered. */
    Optional<PublicKey> registeredKey() {
        return registered.isEmpty() && !pending ? Optional.empty() : Optional.ofNullable(key);
    }

    /** Notes what is to be registered. */
    void wanted(PublicKey own, List<Endpoint> candidates) {
        if (key == null || !own.equals(key)) {
            key = own;
            forget();
        }
        if (!candidates.equals(offered)) {
            offered = candidates;
            refused.clear();
            refusedUntil = null;
            refusedPause = FIRST_REFUSED;
            notBefore = null;
            pause = FIRST_PAUSE;
        }
    }

    /** Notes that the registry may know nothing of this host. */
    void forget() {
        registered = List.of();
        renewal = null;
        notBefore = null;
    }

    /** Offers again what was refused some time ago. */
    void reconsider(Moment now) {
        if (refusedUntil != null && refusedUntil.hasCome(now)) {
            refused.clear();
            refusedUntil = null;
        }
    }

    boolean isDue(Moment now) {
        boolean allowed = notBefore == null || notBefore.hasCome(now);
        boolean old = renewal != null && renewal.hasCome(now);
        return !pending && allowed && (old || !list().equals(registered));
    }

    /** Returns what is to be sent now. */
    List<Endpoint> begin() {
        pending = true;
        sent = list();
        return sent;
    }

    private List<Endpoint> list() {
        return offered.stream().filter(each -> !refused.contains(each)).toList();
    }

    /** Takes a response; returns what the operator has to know, once. */
    Optional<String> ended(RegistrationOutcome outcome, Moment now) {
        pending = false;
        switch (outcome.kind()) {
            case REGISTERED -> {
                registered = sent;
                renewal = sent.isEmpty() ? null : now.plus(outcome.lease().dividedBy(2));
                notBefore = null;
                pause = FIRST_PAUSE;
                told = false;
                return Optional.empty();
            }
            case REFUSED -> {
                // One that a registry does not want, because it is inside the tunnel there, does not spoil the others.
                Optional<Endpoint> bad = sent.stream()
                        .filter(each -> outcome.detail().startsWith(each + ":"))
                        .findFirst();
                if (bad.isPresent()) {
                    refused.add(bad.get());
                    if (refusedUntil == null) {
                        refusedUntil = now.plus(refusedPause);
                        refusedPause = Durations.min(refusedPause.multipliedBy(2), LONGEST_REFUSED);
                    }
                    return Optional.empty();
                }
                notBefore = now.plus(LONGEST_PAUSE);
            }
            case UNSUPPORTED, NOT_PERMITTED -> notBefore = now.plus(HOPELESS);
            case FAILED -> {
                notBefore = now.plus(pause);
                boolean first = pause.equals(FIRST_PAUSE);
                pause = Durations.min(pause.multipliedBy(2), LONGEST_PAUSE);
                if (first) {
                    return Optional.empty();
                }
            }
        }
        boolean news = !told;
        told = true;
        return news ? Optional.of(outcome.detail()) : Optional.empty();
    }
}
