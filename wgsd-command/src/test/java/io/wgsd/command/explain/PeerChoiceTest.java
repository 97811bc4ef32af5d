package io.wgsd.command.explain;

import static io.wgsd.command.explain.Scene.ALICE;
import static io.wgsd.command.explain.Scene.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.command.options.NamesFile;
import io.wgsd.members.PeerNames;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerChoiceTest {

    @TempDir
    private Path folder;

    private PeerNames names = PeerNames.none();

    @BeforeEach
    void names() throws IOException {
        Path file = folder.resolve("names");
        Files.writeString(file, "bob " + BOB.toBase64() + "\nbobby " + ALICE.toBase64() + "\n");
        names = NamesFile.read(file);
    }

    @Test
    void aPeerIsMeantByItsNameItsKeyOrTheStartOfOne() {
        assertMeant(BOB, "bob");
        assertMeant(BOB, "BOB");
        assertMeant(ALICE, "bobb");
        assertMeant(BOB, BOB.toBase64());
        assertMeant(BOB, "syKB");
        assertMeant(ALICE, ALICE.toBase32());
        assertMeant(ALICE, ALICE.toBase32() + "====");
        assertMeant(ALICE, ALICE.toBase32().substring(0, 6).toUpperCase(Locale.ROOT));
    }

    @Test
    void aWholeKeyIsMeantThoughNoPeerHasIt() {
        assertMeant(Scene.HUB, Scene.HUB.toBase64());
        assertMeant(Scene.HUB, Scene.HUB.toBase32());
    }

    @Test
    void whereNoneOrSeveralAreMeantThoseThatThereAreAreSaid() {
        assertThat(choice("carol"))
                .isEqualTo("no peer of wg0 has a name or a key that begins with \"carol\"; there are: bob ("
                        + BOB.toBase64() + "), bobby (" + ALICE.toBase64() + ")");
        assertThat(choice("bo")).startsWith("several peers of wg0 begin with \"bo\"; there are: bob");
    }

    private void assertMeant(PublicKey expected, String text) {
        assertThat(PeerChoice.of(text, Set.of(ALICE, BOB), names, "wg0").key()).contains(expected);
    }

    private String choice(String text) {
        return PeerChoice.of(text, Set.of(ALICE, BOB), names, "wg0").problem();
    }
}
