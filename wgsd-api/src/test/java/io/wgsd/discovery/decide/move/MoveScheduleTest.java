package io.wgsd.discovery.decide.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.decide.move.MoveOrder.Part;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoveScheduleTest {

    /** NATs forget what they have seen no answer to after half a minute. */
    private static final long OPEN_SECONDS = 25;

    @Test
    void theFirstMinuteIsFullOfAttempts() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(new Sights(Part.OPEN, 0).secondsOfOrders(minute)).containsExactly(0L, 20L, 40L);
        assertThat(new Sights(Part.MOVE, 0).secondsOfOrders(minute)).containsExactly(2L, 6L, 12L, 25L, 45L);
    }

    @Test
    void whereNothingTellsWhosePacketsGetInTheTwoTakeTurns() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(new Sights(Part.OPEN, 0).byTurns().secondsOf(Part.OPEN, minute))
                .containsExactly(0L, 10L, 40L);
        assertThat(new Sights(Part.OPEN, 0).byTurns().secondsOf(Part.MOVE, minute))
                .containsExactly(6L, 25L);
        assertThat(new Sights(Part.MOVE, 0).byTurns().secondsOf(Part.OPEN, minute))
                .containsExactly(4L, 20L);
        assertThat(new Sights(Part.MOVE, 0).byTurns().secondsOf(Part.MOVE, minute))
                .containsExactly(2L, 12L, 45L);
    }

    /** Both sides call half of the time, and each time the other has opened its NAT before. */
    @ParameterizedTest(name = "{0}, whose clock is wrong by {1} s")
    @CsvSource({"MOVE, 0", "OPEN, 0", "MOVE, -12", "OPEN, 11"})
    void whoTakesTurnsComesWhileTheOthersNatIsOpen(Part part, long clockError) {
        Duration day = Duration.ofDays(1);
        Part other = part == Part.MOVE ? Part.OPEN : Part.MOVE;
        List<Long> called = new Sights(part, clockError).byTurns().secondsOf(Part.MOVE, day);
        List<Long> opened = new Sights(other, 0).byTurns().secondsOf(Part.OPEN, day);
        assertThat(called).hasSizeBetween(50, 70);
        List<Long> missed = called.stream()
                .filter(call -> opened.stream().noneMatch(open -> open <= call && call <= open + OPEN_SECONDS))
                .toList();
        assertThat(missed).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest(name = "the caller''s clock is wrong by {0} s")
    @ValueSource(longs = {-12, -5, 0, 1, 5, 11})
    void theCallerComesWhileTheOpenersNatIsOpen(long clockError) {
        Duration day = Duration.ofDays(1);
        List<Long> opened = new Sights(Part.OPEN, 0).secondsOfOrders(day);
        List<Long> called = new Sights(Part.MOVE, clockError).secondsOfOrders(day);
        assertThat(called).hasSizeGreaterThan(100);
        // Where the period changes, one side may be a minute behind the other.
        List<Long> missed = called.stream()
                .filter(call -> opened.stream().noneMatch(open -> open <= call && call <= open + OPEN_SECONDS))
                .toList();
        assertThat(missed).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void attemptsBecomeRare() {
        List<Long> called = new Sights(Part.MOVE, 0).secondsOfOrders(Duration.ofDays(1));
        assertThat(called.stream().filter(second -> second < 600).count()).isBetween(13L, 15L);
        assertThat(called.stream()
                        .filter(second -> second >= 600 && second < 3600)
                        .count())
                .isEqualTo(10);
        assertThat(called.stream().filter(second -> second >= 3600).count()).isEqualTo(92);
    }

    @Test
    void aSideThatStartsOverMeetsTheOtherWithinAQuarterOfAnHour() {
        Sights opener = new Sights(Part.OPEN, 0);
        opener.secondsOfOrders(Duration.ofHours(2));
        List<Long> opened = opener.secondsOfOrders(Duration.ofMinutes(16));
        Sights caller = new Sights(Part.MOVE, 0).on(MoveSight.Way.NONE);
        caller.secondsOfOrders(Duration.ofHours(2));
        List<Long> called = caller.on(MoveSight.Way.RELAY).secondsOfOrders(Duration.ofMinutes(16));
        assertThat(called)
                .anyMatch(call -> opened.stream().anyMatch(open -> open <= call && call <= open + OPEN_SECONDS));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 1000})
    void aPathThatLosesIsLeftAloneForAQuarterOfAnHourAtMost(int losses) {
        assertThat(MoveSchedule.afterLosses(losses))
                .isEqualTo(Duration.ofSeconds(Math.min(900, 15L << Math.min(losses, 10))));
    }
}
