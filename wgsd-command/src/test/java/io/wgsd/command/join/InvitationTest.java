package io.wgsd.command.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvitationTest {

    static final String KEY = "YdwjF6SQDBGUYgmtTqI0TIJ7t7LHjRNIXPbQnm5fCws=";
    static final String ANCHOR = "anchor=DNSKEY,257,3,15,l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=";
    static final List<String> WORDS = List.of(
            "zone=example.com",
            "name=alice",
            "allowed=10.0.0.3/32,fd00::3/128",
            "range=10.0.0.0/24,fd00::/64",
            "registry=hub," + KEY + ",192.0.2.1:51820,10.0.0.0/24,10.0.0.254/32",
            ANCHOR,
            "until=2030-01-31T12:00:00Z");

    @Test
    void itsLineHasAllWordsAndIsReadAgain() {
        Invitation invitation = Invitation.parse(WORDS);

        assertThat(invitation.line()).isEqualTo("wgsd join " + String.join(" ", WORDS));
        assertThat(Invitation.parse(invitation.line()).words()).isEqualTo(WORDS);
        assertThat(Invitation.parse(String.join("\n", WORDS)).words()).isEqualTo(WORDS);
    }

    @Test
    void aNetworkNeedsNoRanges() {
        List<String> words =
                WORDS.stream().filter(word -> !word.startsWith("range=")).toList();

        assertThat(Invitation.parse(Invitation.parse(words).line()).words()).isEqualTo(words);
    }

    @Test
    void whatAShellWouldChangeIsInQuotes() {
        List<String> words = WORDS.stream()
                .map(word -> word.replace("192.0.2.1:51820", "[2001:db8::1]:51820"))
                .toList();

        String line = Invitation.parse(words).line();

        assertThat(line).contains(" 'registry=hub," + KEY + ",[2001:db8::1]:51820,10.0.0.0/24,10.0.0.254/32' ");
        assertThat(Invitation.parse(line).words()).isEqualTo(words);
    }

    @Test
    void anInvitationWithAnEndpointIsForARegistry() {
        List<String> words = Stream.concat(WORDS.stream(), Stream.of("endpoint=192.0.2.9:51820"))
                .toList();

        assertThat(Invitation.parse(words).isForRegistry()).isTrue();
        assertThat(Invitation.parse(WORDS).isForRegistry()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            until    |                         | "until=": is missing; paste the whole line
            registry |                         | "registry=": is missing
            anchor   |                         | "anchor=": is missing
            allowed  | allowed=10.9.0.0/24     | has no address of its own
            name     | name=wpad               | means something else
            until    | until=soon              | must be when the invitation ends
            registry | registry=hub            | must be a name, a key, an endpoint and prefixes
            anchor   | anchor=TXT,a            | must be a DS or DNSKEY record
            anchor   | anchor=DNSKEY,257       | must be a DS or DNSKEY record
            zone     | zone=a.example/b        | zone
            range    | range=0.0.0.0/0         | all addresses
            range    | range=0.0.0.0/1,128.0.0.0/1 | all addresses
            range    | range=::/0              | all addresses
            name     | key=x                   | must be what wgsd member invite has printed
            name     | name                    | must be what wgsd member invite has printed
            """)
    void whatIsWrongIsNamed(String word, String instead, String message) {
        List<String> words = WORDS.stream()
                .map(each -> each.startsWith(word + "=") ? (instead == null ? "" : instead) : each)
                .filter(each -> !each.isEmpty())
                .toList();

        assertThatThrownBy(() -> Invitation.parse(words))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aRegistryNeedsAnAddressAtWhichItAnswers() {
        List<String> words =
                WORDS.stream().map(word -> word.replace(",10.0.0.254/32", "")).toList();

        assertThatThrownBy(() -> Invitation.parse(words)).hasMessageContaining("needs an address at which it answers");
    }

    @Test
    void aNetworkMayHaveNoRanges() {
        List<String> words = WORDS.stream()
                .map(word -> word.startsWith("range=") ? "range=" : word)
                .toList();

        assertThat(Invitation.parse(words).words())
                .isEqualTo(words.stream().filter(word -> !word.equals("range=")).toList());
    }

    @Test
    void whatIsThereTwiceOrFarTooLongIsRefused() {
        assertThatThrownBy(() -> Invitation.parse(
                        Stream.concat(WORDS.stream(), Stream.of("name=bob")).toList()))
                .hasMessageContaining("is there twice");
        assertThatThrownBy(() -> Invitation.parse("x".repeat(100_000))).hasMessageContaining("is longer than");
    }
}
