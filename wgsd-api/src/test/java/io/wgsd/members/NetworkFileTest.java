package io.wgsd.members;

import static io.wgsd.members.Samples.ALICE;
import static io.wgsd.members.Samples.BOB;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.key;
import static io.wgsd.members.Samples.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFileTest {

    private static final String TEXT = """
            # The hosts of example.com
            zone example.com
            range 10.0.0.0/24   # the offices
            range fd00::/64

            registry hub key=%s allowed=10.0.0.0/24,10.0.0.1/32 endpoint=192.0.2.1:51820
            member  bob  key=%s  allowed=10.0.0.3/32,192.168.7.0/24  # the one in the cellar
            member alice group=servers allowed=fd00::2/128,10.0.0.2/32 key=%s
            """.formatted(key(1), key(3), key(2));

    private static final Instant END = Instant.parse("2030-01-31T12:00:00Z");
    private static final Reservation CAROL = invited("carol", "10.0.0.4/32");
    private static final Reservation INVITED_ALICE = invited("alice", "10.0.0.5/32");

    @Test
    void aFileIsReadInAnyOrderOfItsLines() {
        assertThat(NetworkFile.parse(TEXT).network()).isEqualTo(NETWORK);
    }

    @Test
    void whatWasReadIsWrittenAsItWas() {
        assertThat(NetworkFile.parse(TEXT).text()).isEqualTo(TEXT);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Network network = NETWORK.with(BOB.toBuilder().disabled(true).build());

        assertThat(NetworkFile.parse(NetworkFile.of(network).text()).network()).isEqualTo(network);
    }

    @Test
    void aNewMemberIsALineAtTheEnd() {
        Member carol = member(9, "carol", "10.0.0.9/32");

        assertThat(NetworkFile.parse(TEXT).with(carol).text()).isEqualTo(TEXT + carol + "\n");
    }

    @Test
    void aChangedMemberKeepsItsPlaceAndItsComment() {
        NetworkFile changed =
                NetworkFile.parse(TEXT).with(BOB.toBuilder().disabled(true).build());

        assertThat(changed.text())
                .isEqualTo(TEXT.replace(
                        "member  bob  key=" + key(3) + "  allowed=10.0.0.3/32,192.168.7.0/24  #", BOB + " disabled #"));
        assertThat(NetworkFile.parse(changed.text()).network()).isEqualTo(changed.network());
    }

    @Test
    void aMemberGetsAnotherNameInPlace() {
        Member robert = member(3, "robert", "10.0.0.3/32", "192.168.7.0/24");

        assertThat(NetworkFile.parse(TEXT).replace("bob", robert).text())
                .contains("\n" + robert + " # the one in the cellar\n")
                .doesNotContain("bob");
        assertThatThrownBy(() -> NetworkFile.parse(TEXT).replace("bob", ALICE)).hasMessageContaining("alice already");
    }

    @Test
    void aRemovedMembersLineIsGoneAndNoOther() {
        assertThat(NetworkFile.parse(TEXT).without("Bob").text().lines())
                .containsExactlyElementsOf(
                        TEXT.lines().filter(line -> !line.contains("bob")).toList());
    }

    @Test
    void aSecretIsNotQuotedWhereAKeyIsExpected() {
        assertThatThrownBy(() -> NetworkFile.parse("zone example.com\nmember a key=short allowed=10.0.0.1/32"))
                .hasMessageStartingWith(
                        "line 2 \"member a key=short allowed=10.0.0.1/32\": public key \"short\": must be");
    }

    @Test
    void whatIsKeptForAnInvitedHostBecomesAMembersByItsKey() {
        NetworkFile invited = NetworkFile.parse(TEXT).reserve(CAROL);
        assertThat(invited.text()).isEqualTo(TEXT + "invited carol until=2030-01-31T12:00:00Z allowed=10.0.0.4/32\n");
        NetworkFile again = NetworkFile.parse(invited.text().replace("4/32\n", "4/32 # her phone\n"));
        assertThat(again.reservation("Carol")).contains(CAROL);
        assertThat(again.network()).isEqualTo(NETWORK);

        NetworkFile added = again.with(CAROL.host(key(9)));

        assertThat(added.text()).isEqualTo(TEXT + member(9, "carol", "10.0.0.4/32") + " # her phone\n");
        assertThat(added.reservations()).isEmpty();
        assertThat(invited.without("carol").text()).isEqualTo(TEXT);
    }

    @Test
    void nobodyElseGetsWhatIsKeptUntilTheInvitationEnds() {
        NetworkFile invited = NetworkFile.parse(TEXT).reserve(CAROL);

        assertThat(invited.nextAddresses(END.minusSeconds(1))).contains(IpPrefix.parse("10.0.0.5/32"));
        assertThat(invited.nextAddresses(END)).contains(IpPrefix.parse("10.0.0.4/32"));
    }

    @Test
    void whatIsKeptForOneHostIsFoundBeforeAnotherGetsItOrAPartOfIt() {
        NetworkFile invited = NetworkFile.parse(TEXT).reserve(invited("carol", "10.9.0.0/24"));

        for (String taken : List.of("10.9.0.0/24", "10.9.0.7/32", "10.0.0.0/8")) {
            assertThat(invited.keptFrom(member(9, "dave", taken), END.minusSeconds(1)))
                    .as(taken)
                    .map(Reservation::name)
                    .contains("carol");
        }
        assertThat(invited.keptFrom(member(9, "dave", "10.9.1.0/24"), END.minusSeconds(1)))
                .isEmpty();
        assertThat(invited.keptFrom(member(9, "dave", "10.9.0.7/32"), END)).isEmpty();
        assertThat(invited.keptFrom(member(9, "carol", "10.9.0.0/24"), END.minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void noMemberGetsTheNameOfAnInvitedHostInstead() {
        NetworkFile invited = NetworkFile.parse(TEXT).reserve(CAROL);

        assertThatThrownBy(() -> invited.replace("bob", member(3, "carol", "10.0.0.3/32")))
                .hasMessageContaining("there is an invitation for that name already");
    }

    @Test
    void onlyWhatIsFreeIsKept() {
        NetworkFile file = NetworkFile.parse(TEXT);

        assertThatThrownBy(() -> file.reserve(INVITED_ALICE)).hasMessageContaining("is a member already");
        assertThatThrownBy(() -> file.reserve(invited("carol", "10.0.0.2/32")))
                .hasMessageContaining("10.0.0.2/32 is alice's already");
    }

    private static Reservation invited(String name, String address) {
        return Reservation.of(name, host -> host.allowedIp(IpPrefix.parse(address)), END);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        "zone example.com\nhost alice", "line 2 \"host alice\": word \"host\": must be zone, range"),
                Arguments.of("member alice", "needs the host's public key"),
                Arguments.of("member", "must go on with a name"),
                Arguments.of("member a key=" + key(9), "needs an address in the network"),
                Arguments.of("member a key=" + key(9) + " allowed=", "prefix \"\": must be"),
                Arguments.of("member a key=" + key(9) + " allowed=10.0.0.1/32 allowed=10.0.0.2/32", "is there twice"),
                Arguments.of(
                        "member a key=" + key(9) + " allowed=10.0.0.1/32, 10.0.0.2/32",
                        "word \"10.0.0.2/32\": must be"),
                Arguments.of(
                        "member a key=" + key(9) + " allowed=10.0.0.1/32 disabled=1",
                        "must be one of key=, disabled, allowed="),
                Arguments.of("invited carol", "until \"\": must be when the invitation ends"),
                Arguments.of("invited carol until=" + END + " key=" + key(9), "must be one of until="),
                Arguments.of("invited carol until=" + END, "needs an address in the network"),
                Arguments.of(CAROL + "\n" + CAROL, "is invited twice"),
                Arguments.of("zone example.com\n" + ALICE + "\n" + INVITED_ALICE, "is a member already"),
                Arguments.of("range 0.0.0.0/0", "is all addresses"),
                Arguments.of("range 10.0.0.0/24\nrange 10.0.0.1/24", "line 2 \"range 10.0.0.1/24\""),
                Arguments.of("range 10.0.0.0/24 fd00::/64", "must be \"range\" and one word"),
                Arguments.of("zone example.com\nzone example.org", "is the second one"),
                Arguments.of("range 10.0.0.0/24", "needs a line with its zone"),
                Arguments.of(
                        "zone example.com\n\n" + ALICE + "\n# x\n"
                                + ALICE.toString().replace("alice", "bob"),
                        "line 5 \"member bob"),
                Arguments.of(
                        "zone example.com\n\n" + ALICE + "\n# x\n"
                                + ALICE.toString().replace("alice", "bob"),
                        "its key is alice's already; each host has its own (line 3)"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsLine(String text, String message) {
        assertThatThrownBy(() -> NetworkFile.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileWithoutEndIsRefused() {
        assertThatThrownBy(() -> NetworkFile.parse("\n".repeat(200_000))).hasMessageContaining("more than a network");
        assertThatThrownBy(() -> NetworkFile.parse("#" + "a".repeat(100_000)))
                .hasMessageContaining("more than a network");
    }
}
