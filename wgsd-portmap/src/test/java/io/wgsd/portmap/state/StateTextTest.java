package io.wgsd.portmap.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.IpAddress;
import io.wgsd.portmap.Gateway;
import io.wgsd.portmap.MappingProtocol;
import io.wgsd.portmap.protocol.Held;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTextTest {

    private static final Gateway GATEWAY = Gateway.of(IpAddress.parse("192.168.1.1"), IpAddress.parse("192.168.1.20"));
    private static final Instant UNTIL = Instant.ofEpochSecond(1_793_534_400);
    private static final List<Held> HELD = List.of(
            new Held(MappingProtocol.PCP, GATEWAY, 51820, 40000, "000102030405060708090a0b", UNTIL),
            new Held(MappingProtocol.NAT_PMP, GATEWAY, 51821, 0, "-", UNTIL));

    @Test
    void aStateThatIsWrittenIsReadBack() throws IOException {
        assertThat(StateText.read(StateText.write(HELD))).isEqualTo(HELD);
        assertThat(StateText.read(StateText.write(List.of()))).isEmpty();
    }

    @Test
    void itIsReadableText() {
        assertThat(new String(StateText.write(HELD), StandardCharsets.UTF_8))
                .isEqualTo("wgsd-portmap 1\n"
                        + "pcp 192.168.1.1 192.168.1.20 51820 40000 000102030405060708090a0b 1793534400\n"
                        + "nat-pmp 192.168.1.1 192.168.1.20 51821 0 - 1793534400\n");
    }

    @Test
    void noMoreIsReadThanIsKept() {
        byte[] text = StateText.write(Collections.nCopies(StateText.MOST + 1, HELD.get(0)));

        assertThatThrownBy(() -> StateText.read(text)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wgsd-portmap 1",
                "wgsd-portmap 2\n",
                "wgsd-portmap 1\n\n",
                "wgsd-portmap 1\nnat-pmp 192.168.1.1 192.168.1.20 51821 0 - 1",
                "wgsd-portmap 1\nnat-pmp 192.168.1.1 192.168.1.20 51821 0 -\n",
                "wgsd-portmap 1\nnat-pmp 192.168.1.1 192.168.1.20 0 0 - 1\n",
                "wgsd-portmap 1\nnat-pmp 192.168.1.1 192.168.1.20 65536 0 - 1\n",
                "wgsd-portmap 1\nnat-pmp 192.168.1.1 192.168.1.20 51821 -1 - 1\n",
                "wgsd-portmap 1\nnat-pmp 192.168.1.1 fe80::1 51821 0 - 1\n",
                "wgsd-portmap 1\nnat-pmp router 192.168.1.20 51821 0 - 1\n",
                "wgsd-portmap 1\nstun 192.168.1.1 192.168.1.20 51821 0 - 1\n",
                "wgsd-portmap 1\npcp 192.168.1.1 192.168.1.20 51821 0 - 1\n",
                "wgsd-portmap 1\npcp 192.168.1.1 192.168.1.20 51821 0 0001 1\n",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> StateText.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("line [123] makes no sense|it does not begin with .*");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> StateText.read(new byte[] {(byte) 0xff})).hasMessage("it is not text in UTF-8");
    }
}
