package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static io.wgsd.testkit.net.NatLab.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.Peer;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.net.lab.LabKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatLabTest {

    @Test
    void theRegistryHearsBothAtTheirPublicPorts() {
        NatLab lab = NatLab.builder().up();

        assertThat(lab.advertised(ALICE)).contains(Endpoint.parse("203.0.113.1:41424"));
        assertThat(lab.advertised(BOB)).contains(Endpoint.parse("198.51.100.1:51820"));
    }

    @Test
    void overIpv6TheRegistryHearsBothAtTheirPublicIpv6Addresses() {
        NatLab lab = NatLab.builder().ipv6(true).up();

        assertThat(lab.advertised(ALICE)).contains(Endpoint.parse("[2001:db8:a::1]:41424"));
        assertThat(lab.advertised(BOB)).contains(Endpoint.parse("[2001:db8:b::1]:51820"));
    }

    @Test
    void symmetricNatsGiveRandomPorts() {
        NatLab lab = NatLab.builder().nat(NatKind.SYMMETRIC).up();

        assertThat(lab.advertised(ALICE).orElseThrow().port()).isNotIn(41_424, 51_820);
        assertThat(lab.advertised(BOB).orElseThrow().port()).isNotIn(41_424, 51_820);
    }

    @Test
    void aliceIsSetUpAsTheRealLabSetsHerUp() throws WireGuardException {
        Device alice = NatLab.builder().up().alice().source().read(DEVICE);

        assertThat(alice.publicKey()).contains(ALICE);
        assertThat(alice.listenPort()).isEqualTo(51_820);
        Peer registry = alice.peer(REGISTRY).orElseThrow();
        assertThat(registry.endpoint()).contains(Endpoint.parse("192.0.2.1:51820"));
        assertThat(registry.persistentKeepalive()).contains(Duration.ofSeconds(5));
        assertThat(registry.statistics().latestHandshake()).isPresent();
        Peer bob = alice.peer(BOB).orElseThrow();
        assertThat(bob.endpoint()).isEmpty();
        assertThat(bob.persistentKeepalive()).contains(Duration.ofSeconds(5));
    }

    @Test
    void theDevicesSayWhereTheirWireGuardRuns() throws WireGuardException {
        assertThat(NatLab.builder().build().alice().source().read(DEVICE).kind())
                .isEqualTo(DeviceKind.USERSPACE);
        assertThat(NatLab.builder()
                        .implementation(WireGuardImplementation.linux(250))
                        .build()
                        .alice()
                        .source()
                        .read(DEVICE)
                        .kind())
                .isEqualTo(DeviceKind.KERNEL);
    }

    @Test
    void theKeysThatAreLookedUpAreThoseThatWouldBeDerived() {
        assertThat(LabKeys.publicKey(LabKeys.ALICE)).isEqualTo(LabKeys.ALICE.publicKey());
        assertThat(LabKeys.publicKey(LabKeys.BOB)).isEqualTo(LabKeys.BOB.publicKey());
        assertThat(LabKeys.publicKey(LabKeys.REGISTRY)).isEqualTo(LabKeys.REGISTRY.publicKey());
    }

    @Test
    void bobMayStartLater() {
        NatLab lab = NatLab.builder().bobStartsAfter(Duration.ofSeconds(3)).build();

        lab.timeline().runFor(Duration.ofMillis(2_999));
        assertThat(lab.advertised(ALICE)).isPresent();
        assertThat(lab.advertised(BOB)).isEmpty();
        lab.timeline().runFor(Duration.ofMillis(1));
        assertThat(lab.advertised(BOB)).isPresent();
    }

    @Test
    void aLabThatLosesEverythingDoesNotComeUp() {
        assertThatIllegalStateException()
                .isThrownBy(() -> NatLab.builder()
                        .conditions(LinkConditions.builder().loss(1).build())
                        .up())
                .withMessage("no handshake with the registry in 120 s; are the conditions that bad?");
    }

    @Test
    void aCarriersNatHasThePublicAddress() {
        NatLab lab = NatLab.builder()
                .aliceCarrier(NatKind.SYMMETRIC)
                .bobCarrier(NatKind.FULL_CONE)
                .up();

        assertThat(lab.aliceNat().address(false)).isEqualTo(IpAddress.parse("100.64.1.1"));
        assertThat(lab.advertised(ALICE).orElseThrow().address()).isEqualTo(IpAddress.parse("203.0.113.1"));
        assertThat(lab.advertised(ALICE).orElseThrow().port()).isNotEqualTo(41_424);
        assertThat(lab.advertised(BOB)).contains(Endpoint.parse("198.51.100.1:51820"));
    }

    @Test
    void whatIsNoNatShowsTheHostsOwnAddress() {
        NatLab lab = NatLab.builder().aliceNat(NatBehaviour.open()).up();

        assertThat(lab.advertised(ALICE)).contains(Endpoint.parse("198.18.1.1:51820"));
    }

    @Test
    void aPathThatIsShutStopsWhatOneSideSends() {
        NatLab lab = NatLab.builder().nat(NatBehaviour.open()).build();
        SocketHost alice = new SocketHost(lab.alice(), 1000);
        SocketHost bob = new SocketHost(lab.bob(), 1000);
        SocketHost registry = new SocketHost(lab.registry(), 1000);

        lab.setPath(false, true);
        alice.send(bob.endpoint(), "from Alice");
        bob.send(alice.endpoint(), "from Bob");
        alice.send(registry.endpoint(), "to the registry");
        lab.timeline().runFor(Duration.ofMillis(1));
        lab.setPath(true, false);
        alice.send(bob.endpoint(), "from Alice again");
        bob.send(alice.endpoint(), "from Bob again");
        lab.timeline().runFor(Duration.ofMillis(1));

        assertThat(alice.payloads()).containsExactly("from Bob");
        assertThat(bob.payloads()).containsExactly("from Alice again");
        assertThat(registry.payloads()).containsExactly("to the registry");
    }

    @Test
    void theHistoryCanBeRead() {
        NatLab lab = NatLab.builder().build();
        List<String> lines = new ArrayList<>();
        lab.net().trace().listen(event -> lines.add(event.toString().strip().replaceAll(" +", " ")));

        lab.timeline().runFor(Duration.ofSeconds(6));

        assertThat(lines)
                .contains(
                        "0.000 ms registry RECEIVED 203.0.113.1:41424 > 192.0.2.1:51820, 148 bytes: handshake initiation",
                        "0.000 ms registry HANDSHAKE " + ALICE + " at 203.0.113.1:41424",
                        "5,000.000 ms bob SENT 198.18.2.1:51820 > 192.0.2.1:51820, 32 bytes: keepalive");
    }
}
