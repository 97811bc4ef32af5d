package io.wgsd.portmap.pcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcpMessagesTest {

    private static final IpAddress CLIENT = IpAddress.parse("192.168.1.20");
    private static final String NONCE = "000102030405060708090a0b";
    private static final String HEADER = "02810000" + "00001c20" + "00000064" + "000000000000000000000000";
    private static final String MAPPING =
            NONCE + "11000000" + "ca6c" + "9c40" + "00000000000000000000ffff" + "c6336407";

    @Test
    void aRequestForAMappingIsSection11Dot1() {
        assertThat(HexFormat.of().formatHex(PcpMessages.map(CLIENT, 7200, NONCE, 51820, 51821)))
                .isEqualTo("02010000" + "00001c20" + "00000000000000000000ffffc0a80114" + NONCE + "11000000" + "ca6c"
                        + "ca6d" + "00000000000000000000ffff00000000");
    }

    @Test
    void anAnnounceRequestIsAHeader() {
        assertThat(HexFormat.of().formatHex(PcpMessages.announce(CLIENT)))
                .isEqualTo("02000000" + "00000000" + "00000000000000000000ffffc0a80114");
    }

    @Test
    void aMappingIsRead() throws ProtocolException {
        assertThat(read(HEADER + MAPPING))
                .isEqualTo(new PcpResponse(
                        2,
                        PcpMessages.MAP,
                        0,
                        7200,
                        100,
                        Optional.of(
                                new PcpResponse.Mapping(NONCE, 17, 51820, 40000, IpAddress.parse("198.51.100.7")))));
    }

    @Test
    void numbersAreUnsigned() throws ProtocolException {
        PcpResponse response = read(HEADER.replace("00001c20", "ffffffff").replace("00000064", "fffffffe") + MAPPING);

        assertThat(response.lifetime()).isEqualTo(4_294_967_295L);
        assertThat(response.epoch()).isEqualTo(4_294_967_294L);
    }

    @Test
    void anErrorNeedsNoMapping() throws ProtocolException {
        PcpResponse response = read(HEADER.replace("02810000", "02810002"));

        assertThat(response.resultName()).isEqualTo("NOT_AUTHORIZED");
        assertThat(response.mapping()).isEmpty();
    }

    @Test
    void aServerOfNatPmpAloneSaysThatItIsOne() throws ProtocolException {
        PcpResponse response = read("0081000100000064");

        assertThat(response.version()).isZero();
        assertThat(response.result()).isEqualTo(PcpResponse.UNSUPPORTED_VERSION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // nothing, and too short for anything
                "",
                "02810000000000",
                // a request
                "02010000" + "00001c20" + "00000064" + "000000000000000000000000" + MAPPING,
                // a header that is cut
                "02810000" + "00001c20" + "00000064" + "0000000000000000",
                // a mapping that is missing, and one that is cut
                HEADER,
                HEADER + NONCE + "11000000" + "ca6c" + "9c40" + "00000000000000000000ffff",
                // no multiple of four bytes
                HEADER + MAPPING + "00",
                // a version that does not exist
                "03810000" + "00001c20" + "00000064" + "000000000000000000000000" + MAPPING,
            })
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> PcpMessages.read(new byte[1104])).isInstanceOf(ProtocolException.class);
    }

    private static PcpResponse read(String hex) throws ProtocolException {
        return PcpMessages.read(HexFormat.of().parseHex(hex));
    }
}
