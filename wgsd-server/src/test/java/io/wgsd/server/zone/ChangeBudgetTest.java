package io.wgsd.server.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangeBudgetTest {

    private long nanos = -5;
    private final ChangeBudget budget = new ChangeBudget(2, () -> nanos);

    @Test
    void theFirstChangesPassAtOnce() {
        assertThat(budget.tryTake()).isTrue();
        assertThat(budget.tryTake()).isTrue();
    }

    @Test
    void moreHaveToWait() {
        budget.tryTake();
        budget.tryTake();

        assertThat(budget.tryTake()).isFalse();
        pass(Duration.ofMillis(499));
        assertThat(budget.tryTake()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(budget.tryTake()).isTrue();
    }

    @Test
    void overAMinuteNoMoreThanTwoASecondPass() {
        int passed = 0;
        for (int i = 0; i < 240; i++) {
            passed += budget.tryTake() ? 1 : 0;
            pass(Duration.ofMillis(250));
        }

        assertThat(passed).isBetween(120, 122);
    }

    @Test
    void whatIsSavedUpIsOneSecondsWorth() {
        pass(Duration.ofDays(1));

        assertThat(budget.tryTake()).isTrue();
        assertThat(budget.tryTake()).isTrue();
        assertThat(budget.tryTake()).isFalse();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
