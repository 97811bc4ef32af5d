package io.wgsd.testkit.net.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomnessTest {

    @Test
    void theGeneratorIsSplitMix64() {
        Randomness random = new Randomness(1234567);

        assertThat(random.next()).isEqualTo(6457827717110365317L);
        assertThat(random.next()).isEqualTo(3203168211198807973L);
    }

    @Test
    void randomNumbersBelowABoundFillItEvenly() {
        Randomness random = new Randomness(1);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            counts[(int) random.below(10)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_600, 10_400);
        }
    }
}
