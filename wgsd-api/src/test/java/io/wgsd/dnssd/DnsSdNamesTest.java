package io.wgsd.dnssd;

import static io.wgsd.dnssd.Samples.ALICE;
import static io.wgsd.dnssd.Samples.ALICE_BASE32;
import static io.wgsd.dnssd.Samples.NAMES;
import static io.wgsd.dnssd.Samples.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

class DnsSdNamesTest {

    @Test
    void aPeerHasAnInstanceWithPaddingAndOneWithoutAndAHost() {
        assertThat(NAMES.services()).hasToString("_wireguard._udp.example.com.");
        assertThat(NAMES.instance(ALICE)).hasToString(ALICE_BASE32 + "====._wireguard._udp.example.com.");
        assertThat(NAMES.unpadded(ALICE)).hasToString(ALICE_BASE32 + "._wireguard._udp.example.com.");
        assertThat(NAMES.host(ALICE)).hasToString(ALICE_BASE32 + ".example.com.");
        assertThat(NAMES.subtype("yu")).hasToString("_yu._sub._wireguard._udp.example.com.");
    }

    @Test
    void eachOfAPeersNamesMeansItsKeyInAnyLetterCase() {
        for (Name name : new Name[] {NAMES.instance(ALICE), NAMES.unpadded(ALICE), NAMES.host(ALICE)}) {
            assertThat(NAMES.key(name)).contains(ALICE);
            assertThat(NAMES.key(name(name.toString().toUpperCase(Locale.ROOT))))
                    .contains(ALICE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com.",
                "_wireguard._udp.example.com.",
                "ns1.example.com.",
                "yutrled535igkl7bdlerl6m4vjxsxm3uqqpl4nmsn27mt56ad4ha.example.org.",
                "yutrled535igkl7bdlerl6m4vjxsxm3uqqpl4nmsn27mt56ad4ha====.example.com.",
                "yutrled535igkl7bdlerl6m4vjxsxm3uqqpl4nmsn27mt56ad4ha==._wireguard._udp.example.com.",
                "x.yutrled535igkl7bdlerl6m4vjxsxm3uqqpl4nmsn27mt56ad4ha.example.com."
            })
    void otherNamesMeanNoKey(String name) {
        assertThat(NAMES.key(name(name))).isEmpty();
    }

    @Test
    void aNameWhoseSpareBitsAreNotZeroMeansNoKey() {
        String other = ALICE_BASE32.substring(0, 51) + "b";

        assertThat(NAMES.key(name(other + ".example.com."))).isEmpty();
        assertThat(NAMES.key(name(other + "====._wireguard._udp.example.com."))).isEmpty();
    }

    @Test
    void theLastDotMayBeLeftOutByAUser() {
        assertThat(DnsSdNames.parse("example.com").origin()).isEqualTo(name("example.com."));
    }

    @Test
    void theServicesNameAsZoneIsExplained() {
        assertThatThrownBy(() -> DnsSdNames.parse("_WireGuard._udp.example.com"))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("zone \"_WireGuard._udp.example.com.\": is part of the service's name;"
                        + " give the zone that holds it: \"example.com.\"");
    }

    @Test
    void aZoneWithoutRoomForPeersIsRefused() {
        String tooLong = "a.".repeat(120);

        assertThatThrownBy(() -> DnsSdNames.parse(tooLong))
                .isInstanceOf(FormatException.class)
                .hasMessageEndingWith("is too long for names of peers below it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", "\\999"})
    void textThatIsNoDomainNameIsRefused(String text) {
        assertThatThrownBy(() -> DnsSdNames.parse(text)).isInstanceOf(FormatException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                ".|as in example.com",
                "@|as in example.com",
                " example.com|\"example.com\"",
                "example.com |\"example.com\"",
                "*.example.com|\"example.com.\"",
                "_udp.example.com|\"example.com.\"",
                "_udp.example.com|\"vpn.example.com.\"",
                "_tcp.example.com|\"example.com.\"",
                "my_net.example.com|\"my-net.example.com.\"",
                "-net.example.com|\"net.example.com.\"",
                "my net.example.com|\"mynet.example.com.\"",
                "10.0.0.254|as in example.com",
                "münchen.example|\"xn--mnchen-3ya.example\"",
                "MÜNCHEN.example|\"xn--mnchen-3ya.example\"",
                "straße.example|its xn-- form",
                "m\ufffdnchen.example|its xn-- form",
            })
    void textThatIsNoHostNameIsRefusedWithASuggestion(String text, String instead) {
        assertThatThrownBy(() -> DnsSdNames.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("zone ")
                .hasMessageContaining(instead)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "EXAMPLE.com.", "xn--mnchen-3ya.example", "1.vpn.internal", "x"})
    void aHostNameCanBeAZone(String text) {
        assertThat(DnsSdNames.parse(text).origin()).isEqualTo(name(text.endsWith(".") ? text : text + "."));
    }

    @Test
    void aNameThatIsNotTypedIsHeldToTheSame() {
        assertThatThrownBy(() -> DnsSdNames.of(name("*.example.com."))).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> DnsSdNames.of(Name.root)).isInstanceOf(FormatException.class);
    }

    /** For example.com it is what Unbound and ldns-verify-zone were seen to take of a signed list. */
    @ParameterizedTest
    @CsvSource({"x, 623", "example.com, 524", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee.org, 325"})
    void aListHoldsWhatValidatorsTakeOfASignedRrset(String zone, int peers) {
        assertThat(DnsSdNames.parse(zone).maxListed()).isEqualTo(peers);
    }
}
