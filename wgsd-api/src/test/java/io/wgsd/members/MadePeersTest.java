package io.wgsd.members;

import static io.wgsd.members.Samples.key;
import static io.wgsd.members.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadePeersTest {

    private static final MadePeers MADE = MadePeers.none()
            .with(key(2), prefixes("10.0.0.3/32", "10.0.0.2/32"))
            .with(key(1), List.of());

    @Test
    void itsTextHasALineForEachPeer() {
        assertThat(MADE.text()).isEqualTo(key(1) + " \n" + key(2) + " 10.0.0.2/32,10.0.0.3/32\n");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        assertThat(MadePeers.parse(MADE.text())).isEqualTo(MADE);
        assertThat(MadePeers.parse("")).isEqualTo(MadePeers.none());
    }

    @Test
    void aUnionHasWhatEitherHas() {
        MadePeers other = MadePeers.none().with(key(2), prefixes("10.0.0.9/32")).with(key(3), List.of());

        MadePeers union = MADE.union(other);

        assertThat(union.peers()).containsExactly(key(1), key(2), key(3));
        assertThat(union.prefixes(key(2)))
                .containsExactlyElementsOf(prefixes("10.0.0.2/32", "10.0.0.3/32", "10.0.0.9/32"));
        assertThat(union).isEqualTo(other.union(MADE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a b c", "\n", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= 10.0.0.0/33"})
    void aLineThatIsNoPeerIsRefused(String text) {
        assertThatThrownBy(() -> MadePeers.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void aPeerThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> MadePeers.parse(MADE.text() + MADE.text())).hasMessageContaining("there twice");
    }
}
