package io.wgsd.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNamesTest {

    private static final PublicKey ALICE = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final PublicKey BOB = PublicKey.parse("syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=");

    @Test
    void aLineHasANameAndAKey() {
        PeerNames names = PeerNames.parse(List.of("# hosts", "", "Alice  " + ALICE + " # at home", "bob-2\t" + BOB));

        assertThat(names.asMap()).isEqualTo(Map.of(ALICE, "alice", BOB, "bob-2"));
        assertThat(names.of(ALICE)).contains("alice");
        assertThat(names).isEqualTo(PeerNames.of(Map.of(ALICE, "ALICE", BOB, "bob-2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "a.b",
                "ä",
                "a_b",
                "members",
                "LOCALHOST",
                "wpad",
                "isatap",
                "ns1",
                "42",
                "0xff",
                "a b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatIsNoNameIsRefused(String name) {
        assertThatThrownBy(() -> PeerNames.of(Map.of(ALICE, name))).isInstanceOf(FormatException.class);
    }

    @Test
    void fiftyCharactersAreAName() {
        assertThat(PeerNames.of(Map.of(ALICE, "a".repeat(50))).of(ALICE)).contains("a".repeat(50));
    }

    @Test
    void noTwoPeersHaveOneNameInAnyLetterCase() {
        assertThatThrownBy(() -> PeerNames.parse(List.of("alice " + ALICE, "ALICE " + BOB)))
                .isInstanceOf(FormatException.class)
                .hasMessage("line 2: name \"ALICE\": is there twice");
        assertThatThrownBy(() -> PeerNames.parse(List.of("alice " + ALICE, "alicia " + ALICE)))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("line 2: ")
                .hasMessageContaining("has two names");
    }

    @Test
    void othersAddOnlyWhatIsFree() {
        PublicKey carol = PublicKey.of(new byte[32]);
        PeerNames own = PeerNames.of(Map.of(ALICE, "alice"));
        PeerNames others = PeerNames.of(Map.of(ALICE, "laptop", BOB, "alice2", carol, "carol"));

        assertThat(own.and(others).asMap()).isEqualTo(Map.of(ALICE, "alice", BOB, "alice2", carol, "carol"));
        assertThat(PeerNames.of(Map.of(BOB, "carol")).and(others).asMap())
                .as("a name that is taken")
                .isEqualTo(Map.of(BOB, "carol", ALICE, "laptop"));
        assertThat(PeerNames.none().and(others)).isEqualTo(others);
        assertThat(others.and(PeerNames.none())).isEqualTo(others);
    }

    @Test
    void aDisabledMemberHasNoName() {
        Member alice = Member.builder(ALICE, "alice")
                .allowedIp(IpPrefix.parse("10.0.0.1/32"))
                .build();
        Member bob = Member.builder(BOB, "bob")
                .allowedIp(IpPrefix.parse("10.0.0.2/32"))
                .disabled(true)
                .build();
        Network network = Network.of(DnsSdNames.parse("wg.example.com"), List.of(), List.of(alice, bob));

        assertThat(PeerNames.of(network).asMap()).isEqualTo(Map.of(ALICE, "alice"));
    }
}
