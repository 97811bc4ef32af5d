package io.wgsd.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the DNS side asks of the codec itself; {@code PublicKeyBase32Test} has the rest. */
class Base32KeysTest {

    private static final byte[] ZEROS = new byte[32];

    @Test
    void zerosAreAllTheFirstLetter() {
        assertThat(Base32Keys.encode(ZEROS)).isEqualTo("a".repeat(52));
    }

    @ParameterizedTest
    @ValueSource(ints = {Base32Keys.UNPADDED_LENGTH, Base32Keys.PADDED_LENGTH})
    void bothLengthsAreRead(int length) {
        assertThat(Base32Keys.decode(("a".repeat(52) + "====").substring(0, length)))
                .isEqualTo(ZEROS);
    }

    @Test
    void noTextIsNoKey() {
        assertThat(Base32Keys.decode("")).isNull();
    }

    @Test
    void theLanguageOfTheHostDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            // In Turkish the lower case of I is not i.
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(Base32Keys.decode("I".repeat(51) + "A")).isEqualTo(Base32Keys.decode("i".repeat(51) + "a"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
