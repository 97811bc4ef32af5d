package io.wgsd.members;

import static io.wgsd.members.Samples.ALICE;
import static io.wgsd.members.Samples.HUB;
import static io.wgsd.members.Samples.key;
import static io.wgsd.members.Samples.member;
import static io.wgsd.members.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {

    @Test
    void itsNameAndGroupsAreInLowerCase() {
        Member member = ALICE.toBuilder().group("Phones").build();

        assertThat(Member.builder(key(9), "Alice")
                        .allowedIp(IpPrefix.parse("10.0.0.9/32"))
                        .build()
                        .name())
                .isEqualTo("alice");
        assertThat(member.groups()).containsExactly("phones", "servers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "a.b",
                "a_b",
                "ä",
                "10",
                "0x7f",
                "members",
                "LOCALHOST",
                "wpad",
                "isatap",
                "ns1",
                "a234567890a234567890a234567890a234567890a2345678901"
            })
    void aNameThatIsNoHostNameOrMeansSomethingElseIsRefused(String name) {
        assertThatThrownBy(() -> Member.builder(key(9), name))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("member name \"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7up", "a-1", "a234567890a234567890a234567890a234567890a234567890"})
    void aHostNameOfUpToFiftyCharactersIsAName(String name) {
        assertThat(member(9, name, "10.0.0.9/32").name()).isEqualTo(name);
    }

    @Test
    void itsAddressesAreThePrefixesOfOneAddress() {
        assertThat(HUB.addresses()).containsExactly(IpAddress.parse("10.0.0.1"));
        assertThat(ALICE.addresses()).containsExactly(IpAddress.parse("10.0.0.2"), IpAddress.parse("fd00::2"));
    }

    @Test
    void onlyRegistriesAndRelaysHaveEndpointsAndTheseNeedOne() {
        assertThatThrownBy(() -> ALICE.toBuilder()
                        .endpoint(Endpoint.parse("192.0.2.2:1"))
                        .build())
                .hasMessageContaining("registries and relays alone");
        assertThatThrownBy(() -> ALICE.toBuilder().role(MemberRole.RELAY).build())
                .hasMessageContaining("needs an endpoint");
    }

    @Test
    void aRelayAloneNeedsNoAddress() {
        Member.Builder relay =
                Member.builder(key(9), "relay").role(MemberRole.RELAY).endpoint(Endpoint.parse("192.0.2.2:443"));

        assertThat(relay.build().allowedIps()).isEmpty();
        assertThatThrownBy(() -> relay.role(MemberRole.REGISTRY).build()).hasMessageContaining("needs an address");
        assertThatThrownBy(() -> Member.builder(key(9), "host").build()).hasMessageContaining("needs an address");
    }

    @Test
    void whatItHasIsBounded() {
        Member.Builder many = Member.builder(key(9), "host");
        for (int i = 0; i <= Member.MAX_ALLOWED_IPS; i++) {
            many.allowedIp(IpPrefix.parse("10." + i / 256 + "." + i % 256 + ".0/24"));
        }

        assertThatThrownBy(many::build).hasMessageContaining("257 allowed IPs").hasMessageContaining("256 at most");
    }

    @Test
    void aCopyIsEqualAndAnotherValueIsNot() {
        assertThat(ALICE.toBuilder().build()).isEqualTo(ALICE).hasSameHashCodeAs(ALICE);
        assertThat(HUB.toBuilder().build()).isEqualTo(HUB);
        assertThat(ALICE.toBuilder().disabled(true).build()).isNotEqualTo(ALICE);
        assertThat(ALICE.toBuilder().allowedIps(prefixes("10.9.0.0/16")).build())
                .isNotEqualTo(ALICE);
    }

    @Test
    void itsTextIsTheLineOfANetworksFile() {
        assertThat(ALICE.toBuilder().disabled(true).build())
                .hasToString("member alice key=" + key(2) + " allowed=10.0.0.2/32,fd00::2/128 group=servers disabled");
        assertThat(HUB)
                .hasToString(
                        "registry hub key=" + key(1) + " allowed=10.0.0.0/24,10.0.0.1/32 endpoint=192.0.2.1:51820");
    }
}
