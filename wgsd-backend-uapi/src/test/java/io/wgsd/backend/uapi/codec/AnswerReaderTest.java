package io.wgsd.backend.uapi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerReaderTest {

    private final List<String> fields = new ArrayList<>();
    private final AnswerReader reader = new AnswerReader(line -> fields.add(line.key() + ":" + line.text()));

    @Test
    void anAnswerIsFieldsThenErrnoThenABlankLine() throws IOException {
        feed("listen_port=1\nfwmark=2\nerrno=0\n\n");

        assertThat(reader.isComplete()).isTrue();
        assertThat(fields).containsExactly("listen_port:1", "fwmark:2");
        assertThat(reader.errno()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"errno=-22, 22", "errno=22, 22", "errno=0, 0", "errno=-0, 0", "errno=2147483647, 2147483647"})
    void errnoIsTakenWithEitherSign(String line, int errno) throws IOException {
        feed(line + "\n\n");

        assertThat(reader.errno()).isEqualTo(errno);
    }

    @Test
    void aValueMayHoldAnEqualsSign() throws IOException {
        feed("i1=<b 0x=0>\nerrno=0\n\n");

        assertThat(fields).containsExactly("null:<b 0x=0>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errno=\n\n",
                "errno=--2\n\n",
                "errno=x\n\n",
                "errno=2147483648\n\n",
                "\n",
                "listen_port=1\n\nerrno=0\n\n",
                "errno=0\nfwmark=1\n",
                "errno=0\r\n\r\n",
                "listen_port\nerrno=0\n\n"
            })
    void anAnswerThatTheProtocolDoesNotAllowIsRefused(String answer) {
        assertThatThrownBy(() -> feed(answer)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void anEndBeforeErrnoIsNoAnswer() throws IOException {
        feed("listen_port=1\nerr");

        assertThatThrownBy(reader::end)
                .isInstanceOf(EOFException.class)
                .hasMessage("it broke off after 17 bytes, before errno");
    }

    @Test
    void anEndAfterErrnoIsAsGoodAsABlankLine() throws IOException {
        feed("errno=0\n");
        reader.end();

        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void bytesBehindTheAnswerAreIgnored() throws IOException {
        feed("errno=0\n\nnot a field");

        assertThat(reader.isComplete()).isTrue();
    }

    @Test
    void aLineThatNeverEndsIsRefused() {
        String piece = "x".repeat(1000);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        feed(piece);
                    }
                })
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("65536 bytes");
    }

    @Test
    void aLineThatIsTooLongIsRefusedThoughItComesInOnePiece() {
        assertThatThrownBy(() -> feed("a=" + "x".repeat(65535) + "\nerrno=0\n\n"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("65536 bytes");
    }

    @Test
    void anAnswerThatNeverEndsIsRefused() {
        byte[] piece = "listen_port=1\n".repeat(10).getBytes(StandardCharsets.US_ASCII);
        AnswerReader limited = new AnswerReader(line -> {}, 1000);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        limited.feed(ByteBuffer.wrap(piece));
                    }
                })
                .isInstanceOf(ProtocolException.class)
                .hasMessage("it is longer than 1000 bytes");
    }

    @Test
    void aLineWithoutEqualsSignIsNotQuotedForItMayBeASecret() {
        assertThatThrownBy(() -> feed(Texts.PRESHARED + "\n")).hasMessageNotContaining(Texts.PRESHARED.substring(0, 8));
    }

    private void feed(String bytes) throws IOException {
        reader.feed(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)));
    }
}
