package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {

    /** Vigna's splitmix64.c with the seed 0: its state grows by the first factor before each number. */
    @Test
    void itsNumbersAreThoseOfTheGenerator() {
        assertThat(LongStream.rangeClosed(1, 3).map(state -> SplitMix64.mix(0, state, 0)))
                .containsExactly(0xe220a8397b1dcdafL, 0x6e789e6aa1b965f4L, 0x06c45d188009454fL);
    }

    @Test
    void eachArgumentMatters() {
        assertThat(LongStream.of(
                        SplitMix64.mix(1, 2, 3),
                        SplitMix64.mix(2, 2, 3),
                        SplitMix64.mix(1, 3, 3),
                        SplitMix64.mix(1, 3, 2)))
                .doesNotHaveDuplicates();
    }
}
