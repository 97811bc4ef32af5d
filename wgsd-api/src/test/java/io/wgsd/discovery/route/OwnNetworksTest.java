package io.wgsd.discovery.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.spi.HostNetwork;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a host's networks have other hosts in them. */
class OwnNetworksTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "vlan", "bond", "macvlan", "ipvlan"})
    void hardwareAndWhatStandsForItIsShared(String kind) {
        assertThat(OwnNetworks.isShared(kind, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "veth"})
    void whatContainersHaveIsSharedWhereTheDefaultRouteLeadsThroughIt(String kind) {
        assertThat(OwnNetworks.isShared(kind, true)).isTrue();
        assertThat(OwnNetworks.isShared(kind, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wireguard", "tun", "vxlan", "gre", "ppp", "dummy", "made-up-tomorrow"})
    void tunnelsAndUnknownKindsAreNot(String kind) {
        assertThat(OwnNetworks.isShared(kind, true)).isFalse();
    }

    @Test
    void theDeviceItselfAndWhatHasGoneHasNone() throws Exception {
        assertThat(OwnNetworks.of(
                        List.of(
                                new HostNetwork.Link("wg0", "", Set.of()),
                                new HostNetwork.Link("gone-by-now", "", Set.of())),
                        "wg0"))
                .isEmpty();
    }
}
