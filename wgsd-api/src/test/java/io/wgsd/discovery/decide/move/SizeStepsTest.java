package io.wgsd.discovery.decide.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.Samples;
import io.wgsd.discovery.Trigger.Probe.Size;
import io.wgsd.discovery.decide.move.SizeSteps.SizeStep;
import io.wgsd.discovery.decide.move.SizeSteps.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SizeStepsTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(80);

    private final Set<Size> answered = EnumSet.noneOf(Size.class);
    private final List<String> sent = new ArrayList<>();

    @Test
    void oneAnsweredDatagramOfFullSizeIsEnough() {
        assertThat(run(SizeSteps.fresh(ROUND_TRIP, Samples.NOW), Set.of(Size.FULL, Size.SMALL)))
                .isEqualTo(Verdict.PASSES);
        assertThat(sent).containsExactly("FULL at 0");
    }

    @Test
    void aPathIsNarrowWhereOnlySmallOnesAreAnsweredAlthoughTheHostHadTimeToAnswerMore() {
        assertThat(run(SizeSteps.fresh(ROUND_TRIP, Samples.NOW), Set.of(Size.SMALL)))
                .isEqualTo(Verdict.NARROW);
        assertThat(sent).containsExactly("FULL at 0", "FULL at 160", "SMALL at 320", "FULL at 1420");
    }

    @Test
    void silenceOfTheHostSaysNothing() {
        assertThat(run(SizeSteps.fresh(ROUND_TRIP, Samples.NOW), Set.of())).isEqualTo(Verdict.UNKNOWN);
        assertThat(sent).containsExactly("FULL at 0", "FULL at 160", "SMALL at 320");
    }

    @Test
    void aKnownPathIsAskedTwice() {
        assertThat(run(SizeSteps.known(ROUND_TRIP, Samples.NOW), Set.of(Size.SMALL)))
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(sent).containsExactly("FULL at 0", "FULL at 160");
    }

    @Test
    void nearPeersAreGivenATenthOfASecond() {
        run(SizeSteps.known(Duration.ofMillis(1), Samples.NOW), Set.of());
        assertThat(sent).containsExactly("FULL at 0", "FULL at 100");
    }

    /** Runs it; each datagram of these sizes is answered after a round trip. */
    private Verdict run(SizeSteps steps, Set<Size> passing) {
        Duration now = Duration.ZERO;
        Duration answersFull = Duration.ofDays(1);
        Duration answersSmall = Duration.ofDays(1);
        while (true) {
            answered.clear();
            if (answersFull.compareTo(now) <= 0) {
                answered.add(Size.FULL);
            }
            if (answersSmall.compareTo(now) <= 0) {
                answered.add(Size.SMALL);
            }
            SizeStep step = steps.next(answered, Samples.NOW.plus(now));
            Size size = step.send();
            if (size != null) {
                sent.add(size + " at " + now.toMillis());
            }
            if (size == Size.FULL && passing.contains(size)) {
                answersFull = now.plus(ROUND_TRIP);
            }
            if (size == Size.SMALL && passing.contains(size)) {
                answersSmall = now.plus(ROUND_TRIP);
            }
            if (step.verdict() != null) {
                return step.verdict();
            }
            now = now.plus(step.pause());
        }
    }
}
