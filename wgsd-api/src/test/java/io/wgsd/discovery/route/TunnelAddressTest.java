package io.wgsd.discovery.route;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.ip;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TunnelAddressTest {

    @Test
    void aSingleAddressIsTheOne() {
        assertThat(address("10.0.0.0/16", "10.0.0.3/32")).contains(ip("10.0.0.3"));
    }

    @Test
    void theFirstHostOfANetworkIsTaken() {
        assertThat(address("fd00:1::/64")).contains(ip("fd00:1::1"));
    }

    @Test
    void aDefaultRouteHasNoAddressOfItsOwn() {
        assertThat(address("0.0.0.0/0", "::/0")).isEmpty();
    }

    @Test
    void neitherHasADefaultRouteInPieces() {
        assertThat(address("0.0.0.0/1", "128.0.0.0/1")).isEmpty();
        assertThat(address("0.0.0.0/1", "128.0.0.0/1", "10.0.0.3/32")).contains(ip("10.0.0.3"));
    }

    @Test
    void anAddressThatIsRoutedToAnotherPeerIsPassedOver() {
        assertThat(address("10.0.0.0/24", "10.1.0.0/16")).contains(ip("10.1.0.1"));
    }

    @Test
    void aGroupsAddressIsPassedOver() {
        assertThat(address("224.0.0.5/32")).isEmpty();
    }

    private static Optional<IpAddress> address(String... allowedIps) {
        Peer alice = peer(ALICE, "", allowedIps);
        return TunnelAddress.of(alice, CryptokeyRouting.of(device(alice, peer(BOB, "", "10.0.0.1/32"))));
    }
}
