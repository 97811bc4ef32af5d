package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {

    @Test
    void anErrorOfLinuxHasItsName() {
        assertThat(Errno.name(Errno.EADDRINUSE)).isEqualTo("EADDRINUSE");
    }

    @Test
    void anUnknownNumberIsShownAsItIs() {
        assertThat(Errno.name(12_345)).isEqualTo("errno 12345");
    }

    @ParameterizedTest
    @CsvSource({"13, EACCES", "48, EADDRINUSE", "61, ECONNREFUSED", "98, errno 98"})
    void onMacOsTheNumbersAreThoseOfMacOs(int number, String name) {
        assertThat(Errno.name(number, "Mac OS X")).isEqualTo(name);
    }
}
