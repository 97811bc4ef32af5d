package io.wgsd.discovery.candidate;

import io.wgsd.discovery.CandidateSource;
import io.wgsd.internal.Uncaught;
import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Moment;
import io.wgsd.model.UnusableAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * What all sources of candidates say together: asked when something may have changed, and now and then.
 *
 * <p>Not thread-safe, except {@link #changed}.
 */
public final class OwnCandidates {

    /** How many a registry takes. */
    static final int MOST = 8;

    private static final Duration LIFETIME = Duration.ofSeconds(5);

    /** Registries refuse ports of services that answer strangers. */
    private static final int LEAST_PORT = 1024;

    private final List<CandidateSource> sources;
    private final Runnable wake;
    private volatile boolean changed;
    private @Nullable Moment askedAt;
    private Optional<Endpoint> askedWith = Optional.empty();
    private List<Endpoint> latest = List.of();

    /**
     * Starts the sources.
     *
     * @param wake is run, on any thread, when a source has other candidates
     */
    public OwnCandidates(List<CandidateSource> sources, ThreadFactory threads, Runnable wake) {
        this.sources = List.copyOf(sources);
        this.wake = wake;
        this.sources.forEach(source -> guarded(() -> source.start(threads, this::sourceChanged)));
    }

    private void sourceChanged() {
        changed();
        wake.run();
    }

    /** Notes that the network may have changed; from any thread. */
    public void changed() {
        changed = true;
    }

    /**
     * Returns this host's candidates, best first, eight at most.
     *
     * @param seen where a registry sees this host
     */
    public List<Endpoint> of(Device device, Optional<Endpoint> seen, Moment at) {
        Moment before = askedAt;
        if (!sources.isEmpty()
                && (before == null
                        || changed
                        || !seen.equals(askedWith)
                        || at.since(before).compareTo(LIFETIME) >= 0)) {
            // Before the questions, so that a change meanwhile leads to others.
            changed = false;
            askedAt = at;
            askedWith = seen;
            latest = ask(device, seen);
        }
        return latest;
    }

    private List<Endpoint> ask(Device device, Optional<Endpoint> seen) {
        CryptokeyRouting routing = CryptokeyRouting.of(device);
        CandidateSource.Situation situation = new CandidateSource.Situation(device, seen);
        Set<Endpoint> all = new LinkedHashSet<>();
        for (CandidateSource source : sources) {
            List<Endpoint> found = new ArrayList<>();
            guarded(() -> found.addAll(source.candidates(situation)));
            found.stream()
                    .filter(each -> each.port() >= LEAST_PORT)
                    .filter(each -> UnusableAddress.reason(each.address()).isEmpty())
                    .filter(each -> routing.routeWithoutDefault(each.address()).isEmpty())
                    .filter(each -> !seen.equals(Optional.of(each)))
                    .forEach(all::add);
        }
        return all.stream().limit(MOST).toList();
    }

    /** Ends the sources. */
    public void close() {
        sources.forEach(source -> guarded(source::close));
    }

    /** Code of the caller's may break its promise; the endpoints are kept right all the same. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Uncaught.report(e);
        }
    }
}
