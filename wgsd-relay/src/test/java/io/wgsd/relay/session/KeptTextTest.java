package io.wgsd.relay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.noise.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTextTest {

    static final Kept KEPT = new Kept(
            new Timestamp(-1, -1),
            Map.of(
                    new TestPeer(1).key(),
                    new Kept.KeptMember(new Timestamp(5, 7), SessionWorld.source("2001:db8::1", 51820)),
                    new TestPeer(2).key(),
                    new Kept.KeptMember(Timestamp.NONE, null)));

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        assertThat(KeptText.read(KeptText.write(KEPT))).isEqualTo(KEPT);
        assertThat(KeptText.read(KeptText.write(Kept.nothing()))).isEqualTo(Kept.nothing());
    }

    @Test
    void itIsReadableText() {
        assertThat(new String(KeptText.write(KEPT), StandardCharsets.UTF_8))
                .startsWith("wgsd-relay 1\nlast 18446744073709551615.4294967295\nmember ")
                .contains(new TestPeer(1).key() + " 5.7 [2001:db8::1]:51820 0\n")
                .contains(new TestPeer(2).key() + " 0.0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wgsd-relay 1",
                "wgsd-relay 2\nlast 0.0",
                "wgsd-relay 1\nlast 0",
                "wgsd-relay 1\nlast +1.0",
                "wgsd-relay 1\nlast 0.4294967296",
                "wgsd-relay 1\nlast 0.0\n\n",
                "wgsd-relay 1\nlast 0.0\nmember",
                "wgsd-relay 1\nlast 0.0\nmember abc 0.0",
                "wgsd-relay 1\nlast 0.0\nmember xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0 192.0.2.1:0 0",
                "wgsd-relay 1\nlast 0.0\nmember xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0 192.0.2.1:1 65536",
                "wgsd-relay 1\nlast 0.0\nmember xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0\n"
                        + "member xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> KeptText.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("line [23456] makes no sense|it does not begin with .*");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> KeptText.read(new byte[] {(byte) 0xff})).hasMessage("it is not text in UTF-8");
    }
}
