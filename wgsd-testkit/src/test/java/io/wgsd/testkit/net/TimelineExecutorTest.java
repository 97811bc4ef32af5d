package io.wgsd.testkit.net;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

class TimelineExecutorTest {

    private final Timeline timeline = Timeline.create();
    private final ScheduledExecutorService executor = timeline.executor();
    private final List<Long> done = new ArrayList<>();

    @Test
    void aTaskIsDoneWhenTimePasses() throws Exception {
        Future<String> future = executor.submit(() -> "result");
        assertThat(future.isDone()).isFalse();

        timeline.runNext();

        assertThat(future.get()).isEqualTo("result");
    }

    @Test
    void aDelayedTaskIsDoneAfterItsDelay() {
        ScheduledFuture<?> task = executor.schedule(this::note, 40, MILLISECONDS);
        pass(10);
        assertThat(task.getDelay(MILLISECONDS)).isEqualTo(30);

        pass(100);

        assertThat(done).containsExactly(40L);
    }

    @Test
    void aRepeatedTaskContinuesUntilItIsCancelled() {
        ScheduledFuture<?> task = executor.scheduleAtFixedRate(this::note, 5, 10, MILLISECONDS);
        pass(30);
        task.cancel(false);
        pass(30);

        assertThat(done).containsExactly(5L, 15L, 25L);
    }

    @Test
    void aRepeatedTaskThatThrowsIsNotDoneAgainAndItsFutureTellsWhy() {
        ScheduledFuture<?> task = executor.scheduleWithFixedDelay(
                () -> {
                    note();
                    throw new IllegalStateException("boom");
                },
                5,
                10,
                MILLISECONDS);

        pass(100);

        assertThat(done).containsExactly(5L);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(task::get)
                .withMessageContaining("boom");
    }

    @Test
    void afterShutdownDelayedTasksAreDoneButRepeatedAndNewOnesAreNot() {
        executor.schedule(this::note, 20, MILLISECONDS);
        executor.scheduleAtFixedRate(this::note, 1, 1, MILLISECONDS);

        executor.shutdown();

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(this::note));
        assertThat(executor.isTerminated()).isFalse();
        pass(30);
        assertThat(done).containsExactly(20L);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void shuttingDownNowHandsBackWhatWasNotDone() throws InterruptedException {
        executor.schedule(this::note, 20, MILLISECONDS);

        assertThat(executor.shutdownNow()).hasSize(1);
        pass(30);

        assertThat(done).isEmpty();
        assertThat(executor.awaitTermination(1, MILLISECONDS)).isTrue();
    }

    @Test
    void aTaskThatIsDueSoonerSortsFirst() {
        ScheduledFuture<?> later = executor.schedule(this::note, 20, MILLISECONDS);
        ScheduledFuture<?> sooner = executor.schedule(this::note, 10, MILLISECONDS);

        assertThat(sooner.compareTo(later)).isNegative();
    }

    @Test
    void aPeriodOfZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> executor.scheduleAtFixedRate(this::note, 0, 0, MILLISECONDS));
    }

    private void note() {
        done.add(timeline.elapsed().toMillis());
    }

    private void pass(long millis) {
        timeline.runFor(Duration.ofMillis(millis));
    }
}
