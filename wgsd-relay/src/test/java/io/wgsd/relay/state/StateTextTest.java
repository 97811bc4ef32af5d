package io.wgsd.relay.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.forward.KeptRoute;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.noise.Timestamp;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.session.Kept;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTextTest {

    private static final PublicKey ALICE = new TestPeer(1).key();
    private static final PublicKey BOB = new TestPeer(2).key();
    private static final State KEPT = new State(
            new Kept(
                    new Timestamp(-1, -1),
                    Map.of(
                            ALICE,
                            new Kept.KeptMember(
                                    new Timestamp(5, 7), Source.of(new InetSocketAddress("2001:db8::1", 51820), 0)),
                            BOB,
                            new Kept.KeptMember(Timestamp.NONE, null))),
            List.of(new KeptRoute(ALICE, -1, BOB, 1_793_534_400)));

    @Test
    void aStateThatIsWrittenIsReadBack() throws IOException {
        assertThat(StateText.read(StateText.write(KEPT))).isEqualTo(KEPT);
        assertThat(StateText.read(StateText.write(State.nothing()))).isEqualTo(State.nothing());
    }

    @Test
    void itIsReadableText() {
        assertThat(new String(StateText.write(KEPT), StandardCharsets.UTF_8))
                .startsWith("wgsd-relay 1\nlast 18446744073709551615.4294967295\nmember ")
                .contains(ALICE + " 5.7 [2001:db8::1]:51820 0\n")
                .contains(BOB + " 0.0\n")
                .endsWith("\nroute " + ALICE + " 4294967295 " + BOB + " 1793534400\n");
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
                "wgsd-relay 1\nlast 0.0\nroute",
                "wgsd-relay 1\nlast 0.0\nroute xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 4294967296"
                        + " syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js= 1",
                "wgsd-relay 1\nlast 0.0\nmember abc 0.0",
                "wgsd-relay 1\nlast 0.0\nmember xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0 192.0.2.1:0 0",
                "wgsd-relay 1\nlast 0.0\nmember xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0 192.0.2.1:1 65536",
                "wgsd-relay 1\nlast 0.0\nmember xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0\n"
                        + "member xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4= 0.0",
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> StateText.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("line [23456] makes no sense|it does not begin with .*");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThatThrownBy(() -> StateText.read(new byte[] {(byte) 0xff})).hasMessage("it is not text in UTF-8");
    }
}
