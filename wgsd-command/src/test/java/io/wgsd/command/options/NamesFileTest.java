package io.wgsd.command.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.members.PeerNames;
import io.wgsd.model.PublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesFileTest {

    private static final String ALICE = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";
    private static final String BOB = "syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=";

    @Test
    void eachLineNamesAKey() {
        PeerNames names = NamesFile.parse(
                "names", List.of("# who is who", "", "Alice  " + ALICE + "  # the laptop", "\tbob-2 " + BOB));

        assertThat(names.of(PublicKey.parse(ALICE))).contains("alice");
        assertThat(names.of(PublicKey.parse(BOB))).contains("bob-2");
        assertThat(names.isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice                          | must be a name and a key
            alice KEY KEY                  | must be a name and a key
            alice short                    | public key "short"
            al.ice KEY                     | must be 1..50 letters, digits and hyphens
            -alice KEY                     | must be 1..50 letters, digits and hyphens
            alice- KEY                     | must be 1..50 letters, digits and hyphens
            älice KEY                      | must be 1..50 letters, digits and hyphens
            aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa KEY | must be 1..50 letters
            LocalHost KEY                  | means something else in a zone
            members KEY                    | means something else in a zone
            42 KEY                         | reads as an address
            BOB KEY                        | is there twice
            carol OTHER                    | has two names
            """)
    void aWrongLineIsRefusedWithItsNumber(String line, String words) {
        List<String> lines = List.of("bob " + BOB, line.replace("KEY", ALICE).replace("OTHER", BOB));

        assertThatThrownBy(() -> NamesFile.parse("/etc/wgsd/names", lines))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("/etc/wgsd/names:2: ")
                .hasMessageContaining(words);
    }
}
