package io.wgsd.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String OTHER = "other";

    private Duration passed = Duration.ZERO;
    private final LeaseWatch watch = new LeaseWatch(Duration.ofMinutes(10), () -> passed.toNanos());

    @Test
    void aRegistryWhoseLeaseRanOutAndIsNotRenewedIsGone() {
        Leases leases = until(NOON.minus(Duration.ofHours(1)));
        watch.look(leases);
        assertThat(watch.isGone(OTHER, leases, NOON)).isFalse();

        passed = Duration.ofMinutes(5);

        assertThat(watch.isGone(OTHER, leases, NOON)).isTrue();
    }

    @Test
    void aLeaseThatIsRenewedCountsThoughThisHostsClockIsFarAhead() {
        Instant ahead = NOON.plus(Duration.ofHours(1));
        for (int i = 0; i < 10; i++) {
            assertThat(watch.isGone(OTHER, until(NOON.plus(passed)), ahead.plus(passed)))
                    .isFalse();
            passed = passed.plus(Duration.ofMinutes(4));
        }
    }

    @Test
    void aRegistryWhoseLeaseLastsIsNotGone() {
        Leases leases = until(NOON);
        watch.look(leases);
        passed = Duration.ofMinutes(6);

        assertThat(watch.isGone(OTHER, leases, NOON.plus(Duration.ofMinutes(5))))
                .isFalse();
    }

    @Test
    void oneWithoutALeaseIsGoneAfterTheTimeOfOneAndAHalf() {
        Leases none = new Leases(Map.of());
        assertThat(watch.isGone(OTHER, none, NOON)).isFalse();

        passed = Duration.ofMinutes(15);
        assertThat(watch.isGone(OTHER, none, NOON.plus(Duration.ofDays(1)))).isFalse();

        passed = Duration.ofMinutes(15).plusNanos(1);
        assertThat(watch.isGone(OTHER, none, NOON.minus(Duration.ofDays(1)))).isTrue();
    }

    private static Leases until(Instant until) {
        return new Leases(Map.of(OTHER, Leases.of(NAMES, OTHER, until)));
    }
}
