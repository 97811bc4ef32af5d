package io.wgsd.discovery.candidate;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.CandidateSource;
import io.wgsd.discovery.Routes;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which of a host's own addresses other peers may try. */
class HostCandidatesTest {

    private final Host host = new Host();

    @Test
    void privateAddressesComeFirstAndHaveTheDevicesPort() {
        host.attach("2001:db8:1::7/64").attach("192.168.1.7/24").attach("fd00::7/64");

        assertThat(candidates(51820)).containsExactly("192.168.1.7:51820", "[fd00::7]:51820", "[2001:db8:1::7]:51820");
    }

    @Test
    void publicAddressesOfIpv4AreTheRegistrysToSee() {
        host.attach("203.0.113.7/24");

        assertThat(candidates(51820)).isEmpty();
    }

    @Test
    void ofManyGlobalAddressesTheOneThatTheHostSendsFromComesFirst() {
        host.attach("2001:db8:1::7/64").attach("2001:db8:1::8/64").attach("2001:db8:1::9/64");
        host.sending = Optional.of(IpAddress.parse("2001:db8:1::9"));

        assertThat(candidates(51820)).containsExactly("[2001:db8:1::9]:51820", "[2001:db8:1::7]:51820");
    }

    @Test
    void anAddressThatTheHostSendsFromIntoATunnelIsNoCandidate() {
        host.sending = Optional.of(IpAddress.parse("2001:db8:99::1"));

        assertThat(candidates(51820)).isEmpty();
    }

    @Test
    void aDeviceWithoutAPortIsNowhere() {
        host.attach("192.168.1.7/24");

        assertThat(candidates(0)).isEmpty();
    }

    private List<String> candidates(int port) {
        Device device = Device.builder("wg0", DeviceKind.KERNEL)
                .listenPort(port)
                .peer(peer(ALICE, "", "10.0.0.3/32"))
                .build();
        return CandidateSource.ownNetworks(host)
                .candidates(new CandidateSource.Situation(device, Optional.empty()))
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static final class Host implements Routes {

        private final List<AttachedNetwork> networks = new ArrayList<>();
        private Optional<IpAddress> sending = Optional.empty();

        private Host attach(String address) {
            IpAddress own = IpAddress.parse(address.substring(0, address.indexOf('/')));
            networks.add(new AttachedNetwork(own, IpPrefix.parse(address), Set.of()));
            return this;
        }

        @Override
        public Set<IpAddress> addresses() {
            return Set.of();
        }

        @Override
        public Set<IpAddress> addresses(String device) {
            return Set.of();
        }

        @Override
        public Optional<IpAddress> source(InetSocketAddress destination) {
            return sending;
        }

        @Override
        public List<AttachedNetwork> networks(String device) {
            return networks;
        }
    }
}
