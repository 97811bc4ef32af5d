package io.wgsd.members;

import static io.wgsd.members.Samples.ALICE;
import static io.wgsd.members.Samples.BOB;
import static io.wgsd.members.Samples.HUB;
import static io.wgsd.members.Samples.NAMES;
import static io.wgsd.members.Samples.NETWORK;
import static io.wgsd.members.Samples.RANGES;
import static io.wgsd.members.Samples.key;
import static io.wgsd.members.Samples.member;
import static io.wgsd.members.Samples.prefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.FormatException;
import io.wgsd.model.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    @Test
    void membersAreFoundByNameInAnyLetterCaseAndAreInOrder() {
        assertThat(NETWORK.members()).containsExactly(ALICE, BOB, HUB);
        assertThat(NETWORK.member("Alice")).contains(ALICE);
        assertThat(NETWORK.member("carol")).isEmpty();
    }

    @Test
    void theOrderInWhichMembersAreGivenDoesNotMatter() {
        assertThat(Network.of(NAMES, RANGES, List.of(BOB, HUB, ALICE)))
                .isEqualTo(NETWORK)
                .hasSameHashCodeAs(NETWORK);
    }

    @Test
    void aKeyOrANameOrAPrefixBelongsToOneMember() {
        assertThatThrownBy(() -> NETWORK.with(member(2, "carol", "10.0.0.9/32")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("its key is alice's already");
        assertThatThrownBy(() -> NETWORK.with(member(9, "carol", "10.0.0.2/32")))
                .hasMessageContaining("10.0.0.2/32 is alice's already");
        assertThatThrownBy(() -> Network.of(
                        NAMES, RANGES, List.of(member(8, "dave", "10.0.0.8/32"), member(9, "dave", "10.0.0.9/32"))))
                .hasMessageContaining("there is a dave already");
    }

    @Test
    void whatADisabledMemberHasIsNobodyElses() {
        Network network = NETWORK.with(ALICE.toBuilder().disabled(true).build());

        assertThatThrownBy(() -> network.with(member(9, "carol", "10.0.0.2/32")))
                .hasMessageContaining("alice's");
        assertThat(network.enabled().members()).containsExactly(BOB, HUB);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.7.9/32, 192.168.7.9/32 is part of 192.168.7.0/24",
        "192.168.0.0/16, 192.168.7.0/24 is part of 192.168.0.0/16",
    })
    void noMemberHasPartOfAnothers(String prefix, String reason) {
        assertThatThrownBy(() -> NETWORK.with(member(9, "carol", prefix))).hasMessageContaining(reason);
    }

    @Test
    void aMemberMayHaveANetworkAndAPartOfIt() {
        assertThatCode(() -> NETWORK.with(member(9, "carol", "10.9.0.0/16", "10.9.0.1/32")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatARegistryOrADefaultRouteSharesWithAllIsEachOnes() {
        Network network = NETWORK.with(member(9, "exit", "10.0.0.9/32", "0.0.0.0/0"));

        assertThat(network.members()).hasSize(4);
        assertThatThrownBy(() -> network.with(member(10, "exit2", "10.0.0.10/32", "0.0.0.0/0")))
                .hasMessageContaining("exit's already");
    }

    @Test
    void theNextAddressesAreTheLowestThatNobodyHas() {
        assertThat(NETWORK.nextAddresses()).isEqualTo(prefixes("10.0.0.4/32", "fd00::1/128"));
        assertThat(NETWORK.without("alice").nextAddresses()).isEqualTo(prefixes("10.0.0.2/32", "fd00::1/128"));
        assertThat(NETWORK.with(member(9, "carol", "10.0.0.4/30")).nextAddresses())
                .isEqualTo(prefixes("10.0.0.8/32", "fd00::1/128"));
    }

    @Test
    void anAddressThatADisabledMemberHasIsNotFree() {
        Network network = NETWORK.with(BOB.toBuilder().disabled(true).build());

        assertThat(network.nextAddresses()).isEqualTo(NETWORK.nextAddresses());
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/30, 2", "10.0.0.0/31, 1", "10.0.0.0/32, 1", "fd00::/126, 3", "255.255.255.240/28, 14"})
    void aRangeGivesEachOfItsAddressesOnce(String range, int count) {
        Network network = Network.of(NAMES, prefixes(range), List.of());
        List<IpPrefix> given = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            IpPrefix next = network.nextAddresses().get(0);
            given.add(next);
            network = network.with(
                    Member.builder(key(i), "host" + i).allowedIp(next).build());
        }

        assertThat(given)
                .doesNotHaveDuplicates()
                .isSorted()
                .allMatch(each -> IpPrefix.parse(range).contains(each.network()));
        assertThatThrownBy(network::nextAddresses).hasMessageContaining("no free address left");
    }

    @Test
    void withoutARangeThereIsNoNextAddress() {
        assertThatThrownBy(() -> Network.of(NAMES, List.of(), List.of()).nextAddresses())
                .hasMessageContaining("has no range");
    }

    @Test
    void replacingAMemberOfTheSameNameKeepsTheOthers() {
        Member other = ALICE.toBuilder().group("phones").build();

        assertThat(NETWORK.with(other).members()).containsExactly(other, BOB, HUB);
        assertThat(NETWORK.without("ALICE").members()).containsExactly(BOB, HUB);
        assertThat(NETWORK.without("carol")).isEqualTo(NETWORK);
    }
}
