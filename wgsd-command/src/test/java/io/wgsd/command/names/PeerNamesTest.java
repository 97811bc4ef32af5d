package io.wgsd.command.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.command.options.UsageException;
import io.wgsd.model.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerNamesTest {

    private static final String ALICE = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";
    private static final String BOB = "syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=";

    @Test
    void eachLineNamesAKey() {
        PeerNames names = PeerNames.parse(
                "names", List.of("# who is who", "", "Alice  " + ALICE + "  # the laptop", "\tbob-2 " + BOB));

        assertThat(names.of(PublicKey.parse(ALICE))).contains("alice");
        assertThat(names.of(PublicKey.parse(BOB))).contains("bob-2");
        assertThat(names.isEmpty()).isFalse();
    }

    @Test
    void aKeyInATextGetsItsName() {
        PeerNames names = PeerNames.parse("names", List.of("alice " + ALICE));

        assertThat(names.in(ALICE + " is direct, " + BOB + " is not"))
                .isEqualTo("alice (" + ALICE + ") is direct, " + BOB + " is not");
        assertThat(PeerNames.none().in(ALICE)).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice                          | must be a name and a key
            alice KEY KEY                  | must be a name and a key
            alice short                    | public key "short"
            al.ice KEY                     | must be letters, digits and hyphens between them
            -alice KEY                     | must be letters, digits and hyphens between them
            alice- KEY                     | must be letters, digits and hyphens between them
            älice KEY                      | must be letters, digits and hyphens between them
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa KEY | 50 at most
            LocalHost KEY                  | has a meaning of its own to hosts
            members KEY                    | has a meaning of its own to hosts
            BOB KEY                        | is there twice
            carol OTHER                    | has two names
            """)
    void aWrongLineIsRefusedWithItsNumber(String line, String words) {
        List<String> lines = List.of("bob " + BOB, line.replace("KEY", ALICE).replace("OTHER", BOB));

        assertThatThrownBy(() -> PeerNames.parse("/etc/wgsd/names", lines))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("/etc/wgsd/names:2: ")
                .hasMessageContaining(words);
    }
}
