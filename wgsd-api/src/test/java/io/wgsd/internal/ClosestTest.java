package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClosestTest {

    private static final List<String> KNOWN = List.of("registry", "client", "status", "show");

    @ParameterizedTest
    @CsvSource({"regsitry,registry", "registr,registry", "cleint,client", "statsu,status", "shwo,show", "shows,show"})
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Closest.to(typed, KNOWN)).hasValue(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyz", "sh", "dog", "interrogate"})
    void guessesNothingWhereNothingIsLikeIt(String typed) {
        assertThat(Closest.to(typed, KNOWN)).isEmpty();
    }

    @Test
    void findsNothingAmongNothing() {
        assertThat(Closest.to("show", List.of())).isEmpty();
    }
}
