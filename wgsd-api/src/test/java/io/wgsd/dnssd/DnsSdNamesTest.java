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
    void aPeerHasAnInstanceWithPaddingAndAnAliasAndAHostWithout() {
        assertThat(NAMES.services()).hasToString("_wireguard._udp.example.com.");
        assertThat(NAMES.instance(ALICE)).hasToString(ALICE_BASE32 + "====._wireguard._udp.example.com.");
        assertThat(NAMES.alias(ALICE)).hasToString(ALICE_BASE32 + "._wireguard._udp.example.com.");
        assertThat(NAMES.host(ALICE)).hasToString(ALICE_BASE32 + ".example.com.");
        assertThat(NAMES.subtype("yu")).hasToString("_yu._sub._wireguard._udp.example.com.");
    }

    @Test
    void eachOfAPeersNamesMeansItsKeyInAnyLetterCase() {
        for (Name name : new Name[] {NAMES.instance(ALICE), NAMES.alias(ALICE), NAMES.host(ALICE)}) {
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
                .hasMessage("zone \"_WireGuard._udp.example.com.\": is the name of the service;"
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
    void whatIsNoDomainNameIsRefused(String text) {
        assertThatThrownBy(() -> DnsSdNames.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void theRootCanBeTheZone() {
        assertThat(DnsSdNames.parse(".").services()).isEqualTo(name("_wireguard._udp."));
    }

    /** These are what named-checkzone of BIND 9.18 was seen to take. */
    @ParameterizedTest
    @CsvSource({
        "x, 839",
        "example.com, 744",
        "peers.example, 727",
        "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee.org, 519"
    })
    void aListHoldsWhatBindHoldsInAnRrset(String zone, int peers) {
        assertThat(DnsSdNames.parse(zone).maxListed()).isEqualTo(peers);
    }
}
