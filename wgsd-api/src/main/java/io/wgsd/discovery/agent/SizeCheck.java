package io.wgsd.discovery.agent;

import io.wgsd.discovery.Trigger.Probe;
import io.wgsd.discovery.Trigger.Probe.Size;
import io.wgsd.discovery.decide.move.SizeSteps;
import io.wgsd.discovery.decide.move.SizeSteps.SizeStep;
import io.wgsd.discovery.decide.move.SizeSteps.Verdict;
import io.wgsd.model.Moment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries {@link SizeSteps} out over the path that a session has.
 *
 * <p>Not thread-safe.
 */
final class SizeCheck implements AutoCloseable {

    private final Probe probe;
    private final SizeSteps steps;
    private @Nullable Verdict verdict;

    /** Begins; a check of each path has datagrams of its own, so that no answer counts for another path. */
    SizeCheck(Probe probe, SizeSteps steps) {
        this.probe = probe;
        this.steps = steps;
    }

    /** Takes a step, and returns how long to wait until the next. */
    Duration step(Moment at) {
        SizeStep next = steps.next(answered(), at);
        verdict = next.verdict();
        Size size = next.send();
        if (size != null && !probe.send(size)) {
            verdict = Verdict.UNKNOWN;
        }
        return next.pause();
    }

    /** Returns what was observed; empty while it is under way. */
    Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    private Set<Size> answered() {
        Set<Size> answered = EnumSet.noneOf(Size.class);
        for (Size size : Size.values()) {
            if (probe.isAnswered(size)) {
                answered.add(size);
            }
        }
        return answered;
    }

    @Override
    public void close() {
        probe.close();
    }
}
