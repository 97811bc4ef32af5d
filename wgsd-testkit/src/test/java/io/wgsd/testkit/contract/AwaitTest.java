package io.wgsd.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {

    private final AtomicInteger checks = new AtomicInteger();

    @Test
    void waitingEndsWhenTheConditionIsTrue() {
        Await.until("the third check", () -> checks.incrementAndGet() == 3);

        assertThat(checks).hasValue(3);
    }

    @Test
    void theFailureNamesWhatNeverBecameTrue() {
        assertThatThrownBy(() -> Await.until("godot", Duration.ofMillis(1), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("waited 1 ms without success for godot");
    }

    @Test
    void aConditionThatIsTrueNeedsNoTime() {
        assertThat(Await.becomesTrue(Duration.ZERO, () -> true)).isTrue();
        assertThat(Await.becomesTrue(Duration.ZERO, () -> false)).isFalse();
    }

    @Test
    void anExceptionFromTheCheckEndsTheWaiting() {
        assertThatThrownBy(() -> Await.until("anything", () -> {
                    throw new IOException("no such device");
                }))
                .isInstanceOf(IOException.class);
    }
}
