package io.wgsd.portmap.natpmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import java.net.ProtocolException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NatPmpMessagesTest {

    @Test
    void requestsAreThoseOfSections3Dot2And3Dot3() {
        assertThat(HexFormat.of().formatHex(NatPmpMessages.address())).isEqualTo("0000");
        assertThat(HexFormat.of().formatHex(NatPmpMessages.map(51820, 40000, 7200)))
                .isEqualTo("00010000" + "ca6c9c40" + "00001c20");
    }

    @Test
    void anAddressIsRead() throws ProtocolException {
        assertThat(read("00800000" + "00000064" + "c6336407"))
                .isEqualTo(new NatPmpResponse(
                        0, 0, 0, 100, Optional.of(IpAddress.parse("198.51.100.7")), Optional.empty()));
    }

    @Test
    void aMappingIsReadAndItsNumbersAreUnsigned() throws ProtocolException {
        assertThat(read("00810000" + "ffffffff" + "ca6c9c40" + "ffffffff"))
                .isEqualTo(new NatPmpResponse(
                        0,
                        1,
                        0,
                        4_294_967_295L,
                        Optional.empty(),
                        Optional.of(new NatPmpResponse.Mapping(51820, 40000, 4_294_967_295L))));
    }

    @Test
    void anErrorIsRead() throws ProtocolException {
        assertThat(read("00810002" + "00000064").resultName()).isEqualTo("not authorized");
        assertThat(read("00810063" + "00000064").resultName()).isEqualTo("result code 99");
        assertThat(read("02810001" + "00000064").version()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00800000000000",
                // a request
                "00000000" + "00000064" + "c6336407",
                // answers that are cut
                "00800000" + "00000064" + "c63364",
                "00810000" + "00000064" + "ca6c9c40" + "00001c",
            })
    void anythingElseIsRefused(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatThrownBy(() -> NatPmpMessages.read(new byte[1101])).isInstanceOf(ProtocolException.class);
    }

    private static NatPmpResponse read(String hex) throws ProtocolException {
        return NatPmpMessages.read(HexFormat.of().parseHex(hex));
    }
}
