package io.wgsd.server.answer;

import static io.wgsd.server.answer.Dig.dig;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/**
 * Messages that are no questions are answered too, unless that could make a loop (RFC 8906); tested through {@link
 * Responder}.
 */
class MalformedRequestTest {

    private static final String SOA_QUESTION = "076578616d706c6503636f6d0000060001";
    private static final String OPT = "00 0029 04d0 00000000 0000";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 11})
    void lessThanAHeaderIsMetWithSilence(int length) {
        assertThat(Dig.respond(new byte[length]).message()).isNull();
    }

    @Test
    void aResponseIsMetWithSilence() {
        byte[] request = dig("example.com.", "SOA").request();
        request[2] |= (byte) 0x80;

        assertThat(Dig.respond(request).message()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 15})
    void otherOpcodesAreNotOffered(int opcode) {
        byte[] request = dig("example.com.", "SOA").request();
        request[2] = (byte) (opcode << 3);

        Message answer = SampleZone.parse(Dig.respond(request).message());

        assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
        assertThat(answer.getHeader().getOpcode()).isEqualTo(opcode);
        assertThat(answer.getHeader().getID()).isEqualTo(0xbeef);
    }

    @ParameterizedTest
    @CsvSource({
        "no question,                  0000 0000 0000 0000, ''",
        "two questions,                0002 0000 0000 0000, " + SOA_QUESTION + SOA_QUESTION,
        "a promised question,          0001 0000 0000 0000, ''",
        "half a name,                  0001 0000 0000 0000, 0765",
        "no type,                      0001 0000 0000 0000, 00",
        "half a class,                 0001 0000 0000 0000, 00 0006 00",
        "a pointer in the question,    0001 0000 0000 0000, c00c 0006 0001",
        "an extended label,            0001 0000 0000 0000, 41 00 0006 0001",
        "a promised record,            0001 0000 0000 0001, " + SOA_QUESTION,
        "data that passes the end,     0001 0000 0000 0001, " + SOA_QUESTION + " 00 0001 0001 00000000 0004 0102",
        "two OPT records,              0001 0000 0000 0002, " + SOA_QUESTION + OPT + OPT,
        "an OPT record that answers,   0001 0001 0000 0000, " + SOA_QUESTION + OPT,
        "an OPT record with a name,    0001 0000 0000 0001, " + SOA_QUESTION + " 0161 " + OPT,
        "half an option,               0001 0000 0000 0001, " + SOA_QUESTION + " 00 0029 04d0 00000000 0003 000a00",
        "an option that passes its record, 0001 0000 0000 0001, " + SOA_QUESTION
                + " 00 0029 04d0 00000000 0004 000a0001",
    })
    void aMessageThatDoesNotParseIsAFormatError(String what, String counts, String rest) {
        Response response = Dig.respond(bytes("1234 0100" + counts + rest));

        assertThat(response.outcome()).as(what).isEqualTo(Outcome.MALFORMED);
        assertThat(response.message()).isEqualTo(bytes("1234 8101 0000 0000 0000 0000"));
    }

    @ParameterizedTest
    @CsvSource({"OPT", "TYPE128"})
    void typesThatAreNeverDataAreAFormatError(String type) {
        assertThat(dig("example.com.", type).answer().getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @ParameterizedTest
    @CsvSource({"TKEY", "TSIG", "MAILA", "MAILB"})
    void otherTypesThatAreNoDataAreNotOffered(String type) {
        assertThat(dig("example.com.", type).answer().getRcode()).isEqualTo(Rcode.NOTIMP);
    }

    @Test
    void aNameOf255BytesIsAskedFor() {
        assertThat(Dig.respond(question(nameOf(255))).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aNameOf256BytesIsAFormatError() {
        assertThat(Dig.respond(question(nameOf(256))).outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void recordsThatARequestBringsAlongAreSteppedOver() {
        byte[] request = bytes("1234 0100 0001 0001 0001 0002" + SOA_QUESTION
                + " c00c 0010 0001 00000000 0003 026869" + " 0162 c00c 0010 0001 00000000 0000"
                + " 00 0010 0001 00000000 0001 00" + OPT);

        Message answer = SampleZone.parse(Dig.respond(request).message());

        assertThat(SampleZone.types(answer, Section.ANSWER)).containsExactly("SOA");
        assertThat(answer.getOPT()).isNotNull();
    }

    @Test
    void bytesBehindTheMessageAreNotMinded() {
        byte[] request = dig("example.com.", "SOA").request();

        assertThat(Dig.respond(Arrays.copyOf(request, request.length + 3)).outcome())
                .isEqualTo(Outcome.ANSWERED);
    }

    private static byte[] question(byte[] name) {
        return ByteBuffer.allocate(12 + name.length + 4)
                .put(bytes("1234 0100 0001 0000 0000 0000"))
                .put(name)
                .putShort((short) 1)
                .putShort((short) 1)
                .array();
    }

    /** A name of that many bytes in wire form, of labels of 3 and one of 2 or 3. */
    private static byte[] nameOf(int length) {
        ByteBuffer name = ByteBuffer.allocate(length);
        while (name.remaining() > 1) {
            int label = Math.min(3, name.remaining() - 2);
            name.put((byte) label).put(new byte[label]);
        }
        return name.put((byte) 0).array();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
