package io.wgsd.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.wgsd.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private final Instant start = Instant.parse("2020-05-01T12:00:00Z");
    private final Timeline timeline = Timeline.startingAt(start);
    private final List<String> happened = new ArrayList<>();

    @Test
    void tasksHappenWhenTheyAreDueAndInTheOrderOfSchedulingIfAtTheSameTime() {
        schedule(20, "third");
        schedule(10, "first");
        schedule(10, "second");
        schedule(-5, "at once");

        timeline.runFor(Duration.ofMillis(20));

        assertThat(happened).containsExactly("at once", "first", "second", "third");
    }

    @Test
    void theClocksShowWhenAnEventIsDueWhileItHappens() {
        timeline.schedule(Duration.ofMillis(1500), () -> {
            happened.add(timeline.now().wall().toString());
            happened.add(
                    timeline.clock().withZone(ZoneId.of("Asia/Tokyo")).instant().toString());
            happened.add(Long.toString(timeline.nanos()));
        });

        timeline.runNext();

        assertThat(happened).containsExactly("2020-05-01T12:00:01.500Z", "2020-05-01T12:00:01.500Z", "1500000000");
    }

    @Test
    void timePassesEvenWhereNothingHappens() {
        timeline.runFor(Duration.ofDays(365));

        assertThat(timeline.now()).isEqualTo(new Moment(start, 0).plus(Duration.ofDays(365)));
        assertThat(timeline.eventsHappened()).isZero();
        assertThat(timeline.runNext()).isFalse();
    }

    @Test
    void aTaskThatIsDueAfterTheEndDoesNotHappen() {
        Scheduled later = timeline.schedule(Duration.ofMillis(11), () -> happened.add("later"));

        timeline.runFor(Duration.ofMillis(10));

        assertThat(happened).isEmpty();
        assertThat(later.isPending()).isTrue();
    }

    @Test
    void runningUntilAConditionStopsAtTheEventThatMadeItTrue() {
        schedule(10, "one");
        schedule(20, "two");
        schedule(30, "three");

        assertThat(timeline.runUntil(() -> happened.size() == 2, Duration.ofHours(1)))
                .isTrue();
        assertThat(timeline.elapsed()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void runningUntilAConditionThatNeverComesTrueTakesTheWholeLimit() {
        assertThat(timeline.runUntil(() -> false, Duration.ofHours(1))).isFalse();
        assertThat(timeline.elapsed()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aConditionThatIsTrueAlreadyTakesNoTime() {
        schedule(0, "due now");

        assertThat(timeline.runUntil(() -> true, Duration.ofHours(1))).isTrue();
        assertThat(happened).isEmpty();
    }

    @Test
    void aCancelledTaskDoesNotHappen() {
        Scheduled task = timeline.schedule(Duration.ofMillis(10), () -> happened.add("cancelled"));

        assertThat(task.cancel()).isTrue();
        assertThat(task.cancel()).isFalse();
        timeline.runFor(Duration.ofMillis(20));

        assertThat(happened).isEmpty();
    }

    @Test
    void aTaskAtAFixedRateContinuesUntilItIsCancelledFromWithin() {
        Scheduled[] task = new Scheduled[1];
        task[0] = timeline.scheduleAtFixedRate(Duration.ofMillis(5), Duration.ofMillis(10), () -> {
            happened.add(timeline.elapsed().toMillis() + " ms");
            if (happened.size() == 3) {
                task[0].cancel();
            }
        });

        timeline.runFor(Duration.ofSeconds(1));

        assertThat(happened).containsExactly("5 ms", "15 ms", "25 ms");
        assertThat(task[0].isPending()).isFalse();
    }

    @Test
    void anEventCannotLetTimePass() {
        timeline.schedule(Duration.ZERO, () -> timeline.runFor(Duration.ofSeconds(1)));

        assertThatIllegalStateException()
                .isThrownBy(() -> timeline.runFor(Duration.ofMillis(1)))
                .withMessageContaining("schedule instead");
    }

    @Test
    void anExceptionOfAnEventIsThrownAndTimeContinuesAfterwards() {
        timeline.schedule(Duration.ofMillis(1), () -> {
            throw new IllegalStateException("boom");
        });
        schedule(2, "next");

        assertThatIllegalStateException()
                .isThrownBy(() -> timeline.runFor(Duration.ofMillis(5)))
                .withMessage("boom");
        timeline.runFor(Duration.ofMillis(5));

        assertThat(happened).containsExactly("next");
    }

    @Test
    void timeNeitherRunsBackwardsNorRepeatsWithoutAPeriod() {
        assertThatIllegalArgumentException().isThrownBy(() -> timeline.runFor(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> timeline.scheduleAtFixedRate(Duration.ZERO, Duration.ZERO, () -> {}));
    }

    @Test
    void thousandsOfEventsOfWhichHalfAreCancelledHappenInOrder() {
        Random random = new Random(7);
        record Planned(int at, int order) {}
        List<Planned> expected = new ArrayList<>();
        List<Planned> actual = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Planned planned = new Planned(random.nextInt(5_000), i);
            Scheduled task = timeline.schedule(Duration.ofMillis(planned.at()), () -> actual.add(planned));
            if (random.nextBoolean()) {
                task.cancel();
            } else {
                expected.add(planned);
            }
        }
        expected.sort(Comparator.comparingInt(Planned::at).thenComparingInt(Planned::order));

        timeline.runFor(Duration.ofSeconds(5));

        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void aTaskOfAnotherThreadIsDoneBeforeTheNextEvent() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        timeline.schedule(Duration.ofMillis(1), () -> {
            running.countDown();
            await(asked);
            happened.add("first event");
        });
        schedule(2, "second event");
        Thread other = new Thread(() -> {
            await(running);
            timeline.loop().betweenEvents(() -> happened.add("between"));
            asked.countDown();
        });
        other.start();

        timeline.runFor(Duration.ofMillis(5));
        other.join();

        assertThat(happened).containsExactly("first event", "between", "second event");
    }

    private void schedule(long millis, String what) {
        timeline.schedule(Duration.ofMillis(millis), () -> happened.add(what));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
