package io.wgsd.discovery.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an agent is kept from using much of a processor. */
class CpuBudgetTest {

    private final CpuBudget budget = new CpuBudget();
    private long now;

    @Test
    void aStartMayCostSomeSeconds() {
        assertThat(spend(Duration.ofMillis(2_900))).isZero();
        assertThat(spend(Duration.ofMillis(200))).isPositive();
    }

    @Test
    void inTheLongRunItIsHalfAHundredth() {
        Duration cost = Duration.ofMillis(5);
        for (int i = 0; i < 1_000; i++) {
            now += spend(cost).toNanos();
        }
        long began = now;
        for (int i = 0; i < 100; i++) {
            now += spend(cost).toNanos();
        }

        double share = 100.0 * cost.toNanos() / (now - began);
        assertThat(share).isBetween(0.0045, 0.0055);
    }

    @Test
    void aDeadSessionIsNoticedInTimeNoMatterWhatAReadingCosts() {
        spend(Duration.ofSeconds(60));

        assertThat(spend(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(2_400));
    }

    private Duration spend(Duration cost) {
        long began = now;
        now += cost.toNanos();
        return budget.pause(began, now);
    }
}
