package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class OperationTest {

    // So that the deadline lies beyond the clock's wrap-around.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 10);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Operation operation = Operation.begin(
            ErrorOrigin.of("netlink").device("wg0"),
            "reading",
            Duration.ofSeconds(5),
            closed::get,
            () -> new Moment(Instant.EPOCH, nanos.get()));

    @Test
    void itContinuesUntilItsDeadline() {
        nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);

        assertThatCode(operation::check).doesNotThrowAnyException();
    }

    @Test
    void itEndsAtItsDeadline() {
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThatThrownBy(operation::check)
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining("reading device \"wg0\" by netlink took longer than 5000 ms");
    }

    @Test
    void aPartOfItMayEndEarlier() {
        Operation part = operation.within(Duration.ofMillis(100));
        nanos.addAndGet(Duration.ofMillis(100).toNanos());

        assertThatThrownBy(part::check).isInstanceOf(TimedOutException.class);
        assertThatCode(operation::check).doesNotThrowAnyException();
    }

    @Test
    void aPartOfItEndsWithTheWhole() {
        Operation part = operation.within(Duration.ofDays(1));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThatThrownBy(part::check).isInstanceOf(TimedOutException.class);
    }

    @Test
    void itEndsWithItsSource() {
        closed.set(true);

        assertThatThrownBy(operation::check).isInstanceOf(CancelledException.class);
    }

    @Test
    void itKnowsHowMuchTimeIsLeft() {
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(operation.remaining()).isEqualTo(Duration.ofSeconds(3));

        nanos.addAndGet(Duration.ofSeconds(4).toNanos());
        assertThat(operation.remaining()).isZero();
    }
}
