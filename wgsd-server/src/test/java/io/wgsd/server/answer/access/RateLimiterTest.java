package io.wgsd.server.answer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much goes to a network that may not have asked for it. */
class RateLimiterTest {

    private static final IpAddress VICTIM = IpAddress.parse("198.51.100.1");

    private long nanos = 5;
    private final RateLimiter limiter = new RateLimiter(10, () -> nanos, new Random(1));

    @Test
    void twoSecondsWorthMayComeAtOnce() {
        assertThat(sent(100, VICTIM)).isEqualTo(20);
    }

    @Test
    void afterThatItIsTheRate() {
        sent(100, VICTIM);

        nanos += TimeUnit.SECONDS.toNanos(1);

        assertThat(sent(100, VICTIM)).isEqualTo(10);
    }

    @Test
    void excessResponsesAreDroppedAndTruncatedInTurns() {
        sent(20, VICTIM);

        assertThat(IntStream.range(0, 4).mapToObj(i -> limiter.judge(VICTIM)))
                .containsExactly(
                        RateLimiter.Verdict.DROP,
                        RateLimiter.Verdict.CUT,
                        RateLimiter.Verdict.DROP,
                        RateLimiter.Verdict.CUT);
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1,    198.51.100.254,        0",
        "198.51.100.1,    198.51.101.1,          20",
        "2001:db8:0:1::1, 2001:db8:0:ff:5::1,    0",
        "2001:db8:0:1::1, 2001:db8:0:100::1,     20",
    })
    void aNetworkIsOne(String one, String other, int left) {
        sent(100, IpAddress.parse(one));

        assertThat(sent(100, IpAddress.parse(other))).isEqualTo(left);
    }

    @Test
    void zeroIsNoLimit() {
        RateLimiter none = new RateLimiter(0, () -> nanos, new Random(1));

        assertThat(IntStream.range(0, 1000).mapToObj(i -> none.judge(VICTIM))).containsOnly(RateLimiter.Verdict.SEND);
    }

    private long sent(int asked, IpAddress client) {
        return IntStream.range(0, asked)
                .filter(i -> limiter.judge(client) == RateLimiter.Verdict.SEND)
                .count();
    }
}
