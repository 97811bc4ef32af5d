package io.wgsd.command.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another implementation reads in the code. */
class QrTextTest {

    private static final int QUIET = 2;

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 20, 330, 900, 2953})
    void halfBlocksAreReadAsWhatWasWritten(int length) throws Exception {
        String text = "[Interface]\n".repeat(300).substring(0, length);
        List<String> lines = of(text).lines(true, false);
        int size = lines.get(0).length() - 2 * QUIET;
        BitMatrix matrix = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                char half = lines.get((y + QUIET) / 2).charAt(x + QUIET);
                boolean light = half == '█' || half == ((y + QUIET) % 2 == 0 ? '▀' : '▄');
                set(matrix, x, y, light);
            }
        }
        assertThat(new Decoder().decode(matrix).getText()).isEqualTo(text);
    }

    @Test
    void withoutBlocksAModuleIsTwoCharacters() throws Exception {
        List<String> lines = of("hello").lines(false, false);
        int size = lines.size() - 2 * QUIET;
        BitMatrix matrix = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                set(matrix, x, y, lines.get(y + QUIET).charAt(2 * (x + QUIET)) == '#');
            }
        }
        assertThat(new Decoder().decode(matrix).getText()).isEqualTo("hello");
        assertThat(String.join("", lines)).containsPattern("^[# ]+$");
    }

    @Test
    void coloursAreSetAndTakenBackOnEachLine() {
        assertThat(of("hello").lines(true, true))
                .allSatisfy(line -> assertThat(line).startsWith("\u001b[97;40m").endsWith("\u001b[0m"));
    }

    @Test
    void whatIsTooLongIsRefusedWithoutBeingShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("secret".repeat(500)))
                .withMessage("3000 bytes are more than a QR code can hold")
                .withNoCause();
    }

    private static QrText of(String text) {
        return QrText.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void set(BitMatrix matrix, int x, int y, boolean light) {
        if (!light) {
            matrix.set(x, y);
        }
    }
}
