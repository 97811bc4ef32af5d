package io.wgsd.dnssd.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** The messages of RFC 8490 and RFC 8765, byte by byte. */
class DsoMessageTest {

    private static final Name NAME = Name.fromConstantString("a.example.");

    @Test
    void aSubscriptionIsThis() {
        DsoMessage message = DsoMessage.request(0x1234, new Subscription(NAME, Type.SRV, DClass.IN).encode());

        assertThat(hex(message.encode()))
                .isEqualTo("1234" + "3000" + "0000000000000000" + "0040" + "000f" + "0161076578616d706c6500" + "0021"
                        + "0001");
        assertThat(DsoMessage.parse(message.encode())).isEqualTo(message);
        assertThat(Subscription.parse(message.primary().orElseThrow()))
                .isEqualTo(new Subscription(NAME, Type.SRV, DClass.IN));
    }

    @Test
    void itsResponseHasItsIdAndNothingMore() {
        DsoMessage message =
                DsoMessage.request(7, Subscription.all(NAME).encode()).respond(DsoMessage.DSOTYPENI);

        assertThat(hex(message.encode())).isEqualTo("0007" + "b00b" + "0000000000000000");
        assertThat(DsoMessage.parse(message.encode())).isEqualTo(message);
    }

    @Test
    void aKeepaliveHasItsTimeoutsInMilliseconds() {
        SessionTimeouts timeouts = new SessionTimeouts(SessionTimeouts.INFINITE, Duration.ofSeconds(15));

        assertThat(hex(DsoMessage.request(1, timeouts.encode()).encode()))
                .endsWith("0001" + "0008" + "ffffffff" + "00003a98");
        assertThat(SessionTimeouts.parse(timeouts.encode())).isEqualTo(timeouts);
    }

    @Test
    void anUpdateHasWhatIsGoneWithAllBitsOfTheTtl() throws UnknownHostException {
        PushUpdate update = new PushUpdate(List.of(address(1)), List.of(), List.of(address(2)));

        assertThat(update.encode())
                .singleElement()
                .satisfies(tlv -> assertThat(hex(tlv.value()))
                        .isEqualTo("0161076578616d706c6500" + "0001" + "0001" + "ffffffff" + "0004" + "c0000201"
                                + "0161076578616d706c6500" + "0001" + "0001" + "00000000" + "0004" + "c0000202"));
        assertThat(PushUpdate.parse(update.encode().get(0))).isEqualTo(update);
    }

    @Test
    void anUpdateMayClearAName() {
        PushUpdate update = new PushUpdate(List.of(), List.of(NAME), List.of());

        assertThat(update.encode())
                .singleElement()
                .satisfies(tlv -> assertThat(hex(tlv.value()))
                        .isEqualTo("0161076578616d706c6500" + "00ff" + "0001" + "fffffffe" + "0000"));
        assertThat(PushUpdate.parse(update.encode().get(0))).isEqualTo(update);
    }

    @Test
    void aLongUpdateIsSeveralTlvs() {
        List<Record> many = new Random(1)
                .ints(3000, 1, 65_535)
                .<Record>mapToObj(port -> new SRVRecord(NAME, DClass.IN, 0, 0, 0, port, NAME))
                .toList();
        List<DsoTlv> tlvs = new PushUpdate(List.of(), List.of(), many).encode();

        assertThat(tlvs).hasSizeGreaterThan(1).allMatch(tlv -> tlv.value().length <= 60_000);
        assertThat(tlvs.stream().flatMap(tlv -> PushUpdate.parse(tlv).added().stream()))
                .isEqualTo(many);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0001300000000000000000",
                "000130000000000000000000",
                "00013000000100000000000000400000",
                "000100000000000000000000",
                "0001300000000000000000000040",
                "00013000000000000000000000400005aa"
            })
    void bytesThatAreNoMessageAreRefused(String hex) {
        assertThatThrownBy(() -> DsoMessage.parse(HexFormat.of().parseHex(hex))).isInstanceOf(FormatException.class);
    }

    private static ARecord address(int last) throws UnknownHostException {
        return new ARecord(NAME, DClass.IN, 0, InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last}));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
