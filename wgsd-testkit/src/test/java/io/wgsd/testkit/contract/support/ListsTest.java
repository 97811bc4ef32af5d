package io.wgsd.testkit.contract.support;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListsTest {

    @Test
    void equalListsPass() {
        assertThatNoException().isThrownBy(() -> Lists.assertSame(List.of(1, 2), List.of(1, 2)));
    }

    @Test
    void theFirstDifferenceIsNamed() {
        assertThatThrownBy(() -> Lists.assertSame(List.of(1, 7, 8), List.of(1, 2, 3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("number 1 is the first that differs: written 2, read 7");
    }

    @Test
    void theFirstOneThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Lists.assertSame(List.of(1), List.of(1, 2, 3)))
                .hasMessage("3 were written, 1 are read; the first that is missing is 2");
    }

    @Test
    void theFirstOneThatIsTooManyIsNamed() {
        assertThatThrownBy(() -> Lists.assertSame(List.of(1, 2, 3), List.of(1)))
                .hasMessage("1 were written, 3 are read; the first that is too many is 2");
    }
}
