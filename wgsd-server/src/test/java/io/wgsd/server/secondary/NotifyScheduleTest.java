package io.wgsd.server.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NotifyScheduleTest {

    private final NotifySchedule schedule = new NotifySchedule();

    @Test
    void withoutAZoneThereIsNothingToTell() {
        assertThat(schedule.dueAt()).isEmpty();
    }

    @Test
    void aNewZoneIsNotifiedAtOnce() {
        schedule.published(1, millis(7));

        assertThat(schedule.dueAt()).hasValue(millis(7));
    }

    @Test
    void itIsNotifiedAgainLessAndLessOftenWithoutEnd() {
        schedule.published(1, 0);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long now = schedule.dueAt().orElseThrow();
            schedule.attempted(now);
            pauses.add(Duration.ofNanos(schedule.dueAt().orElseThrow() - now).toMillis());
        }

        assertThat(pauses)
                .startsWith(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L)
                .endsWith(60_000L);
    }

    @Test
    void aSecondaryThatHasSeenTheSerialIsLeftAlone() {
        schedule.published(2, 0);
        schedule.attempted(0);
        schedule.seen(2);

        assertThat(schedule.dueAt()).isEmpty();
    }

    @Test
    void anOlderSerialIsNotEnough() {
        schedule.published(2, 0);
        schedule.seen(1);

        assertThat(schedule.dueAt()).isPresent();
    }

    @Test
    void serialsGoRound() {
        schedule.published(0, 0);
        schedule.seen(0xffff_ffffL);

        assertThat(schedule.dueAt()).isPresent();

        schedule.seen(3);

        assertThat(schedule.dueAt()).isEmpty();
    }

    @Test
    void aNewZoneStartsOverWhileTheSecondaryMayStillAnswer() {
        schedule.published(1, 0);
        schedule.attempted(0);
        schedule.attempted(millis(500));
        schedule.published(2, millis(700));

        assertThat(schedule.dueAt()).hasValue(millis(700));
        schedule.attempted(millis(700));
        assertThat(schedule.dueAt()).hasValue(millis(1_200));
    }

    @Test
    void aNewZoneIsNoReasonToHurryWhereTheSecondaryIsAway() {
        schedule.published(1, 0);
        for (int i = 0; i < 6; i++) {
            schedule.attempted(schedule.dueAt().orElseThrow());
        }
        OptionalLong due = schedule.dueAt();
        schedule.published(2, millis(20_000));

        assertThat(schedule.dueAt()).isEqualTo(due);
    }

    @Test
    void aSecondaryThatComesBackIsNotifiedOfTheNextZoneAtOnce() {
        schedule.published(1, 0);
        for (int i = 0; i < 9; i++) {
            schedule.attempted(schedule.dueAt().orElseThrow());
        }
        schedule.seen(1);
        schedule.published(2, millis(900_000));

        assertThat(schedule.dueAt()).hasValue(millis(900_000));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
