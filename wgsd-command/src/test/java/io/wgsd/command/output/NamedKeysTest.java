package io.wgsd.command.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.members.PeerNames;
import io.wgsd.model.PublicKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedKeysTest {

    private static final String ALICE = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";
    private static final String BOB = "syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=";

    @Test
    void aKeyInATextGetsItsName() {
        PeerNames names = PeerNames.of(Map.of(PublicKey.parse(ALICE), "alice"));

        assertThat(NamedKeys.in(ALICE + " is direct, " + BOB + " is not", names))
                .isEqualTo("alice (" + ALICE + ") is direct, " + BOB + " is not");
        assertThat(NamedKeys.in(ALICE, PeerNames.none())).isEqualTo(ALICE);
    }

    @Test
    void whatOnlyLooksLikeAKeyStaysAsItIs() {
        PeerNames names = PeerNames.of(Map.of(PublicKey.parse(ALICE), "alice"));
        String text = "A".repeat(42) + "B=";

        assertThat(NamedKeys.in(text, names)).isEqualTo(text);
    }
}
