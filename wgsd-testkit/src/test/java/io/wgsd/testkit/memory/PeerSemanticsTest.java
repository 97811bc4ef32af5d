package io.wgsd.testkit.memory;

import static io.wgsd.testkit.memory.Fixtures.ALICE;
import static io.wgsd.testkit.memory.Fixtures.AWAY;
import static io.wgsd.testkit.memory.Fixtures.BOB;
import static io.wgsd.testkit.memory.Fixtures.CLOCK;
import static io.wgsd.testkit.memory.Fixtures.HOME;
import static io.wgsd.testkit.memory.Fixtures.KEEPALIVE;
import static io.wgsd.testkit.memory.Fixtures.NET;
import static io.wgsd.testkit.memory.Fixtures.NOW;
import static io.wgsd.testkit.memory.Fixtures.TEN;
import static io.wgsd.testkit.memory.Fixtures.change;
import static io.wgsd.testkit.memory.Fixtures.eventsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.Capabilities;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnsupportedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryEvent.AllowedIpAdded;
import io.wgsd.testkit.memory.MemoryEvent.AllowedIpRemoved;
import io.wgsd.testkit.memory.MemoryEvent.EndpointSet;
import io.wgsd.testkit.memory.MemoryEvent.KeepaliveChanged;
import io.wgsd.testkit.memory.MemoryEvent.PeerAdded;
import io.wgsd.testkit.memory.MemoryEvent.PeerRemoved;
import io.wgsd.testkit.memory.MemoryEvent.PeerRestarted;
import io.wgsd.testkit.memory.MemoryEvent.PresharedKeyChanged;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerSemanticsTest {

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(CLOCK);
    private final MemoryDevice device = wireGuard.create("wg0");
    private final List<MemoryEvent> events = eventsOf(wireGuard);

    @Test
    void settingsOfAPeerAreAppliedInTheKernelsOrder() throws WireGuardException {
        try (SecretKey presharedKey = SecretKey.generatePreshared()) {
            device.apply(change().peer(ALICE)
                    .persistentKeepalive(KEEPALIVE)
                    .addAllowedIp(TEN)
                    .removeAllowedIp(NET)
                    .endpoint(HOME)
                    .presharedKey(presharedKey)
                    .build());
        }
        assertThat(events)
                .containsExactly(
                        new PeerAdded(ALICE),
                        new PresharedKeyChanged(ALICE),
                        new EndpointSet(ALICE, HOME),
                        new AllowedIpAdded(ALICE, TEN),
                        new KeepaliveChanged(ALICE, Duration.ZERO, KEEPALIVE));
    }

    @Test
    void settingTheSameValueAgainIsNoEvent() throws WireGuardException {
        device.apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .persistentKeepalive(KEEPALIVE)
                .build());
        events.clear();
        device.apply(change().peer(ALICE)
                .endpoint(HOME)
                .addAllowedIp(TEN)
                .persistentKeepalive(KEEPALIVE)
                .build());
        assertThat(events).isEmpty();
    }

    @Test
    void anAllowedIpMovesFromThePeerThatHasIt() throws WireGuardException {
        device.apply(change().peer(ALICE).addAllowedIp(TEN).addAllowedIp(NET).build());
        events.clear();
        device.apply(change().peer(BOB).addAllowedIp(TEN).build());
        assertThat(allowedIps(ALICE)).isEqualTo("[10.1.0.0/16]");
        assertThat(allowedIps(BOB)).isEqualTo("[10.0.0.1/32]");
        assertThat(events)
                .containsExactly(new PeerAdded(BOB), new AllowedIpRemoved(ALICE, TEN), new AllowedIpAdded(BOB, TEN));
    }

    @Test
    void aMovedAllowedIpOutlivesThePeerThatHadIt() throws WireGuardException {
        device.apply(change().peer(ALICE)
                .addAllowedIp(TEN)
                .peer(BOB)
                .addAllowedIp(TEN)
                .build());
        device.apply(change().peer(ALICE).remove().build());
        assertThat(allowedIps(BOB)).isEqualTo("[10.0.0.1/32]");
    }

    @Test
    void anAllowedIpOfAnotherPeerIsNotRemoved() throws WireGuardException {
        device.apply(change().peer(ALICE)
                .addAllowedIp(TEN)
                .peer(BOB)
                .removeAllowedIp(TEN)
                .build());
        assertThat(allowedIps(ALICE)).isEqualTo("[10.0.0.1/32]");
    }

    @Test
    void replacingAllowedIpsDropsTheOldOnesOnly() throws WireGuardException {
        device.apply(change().peer(ALICE).addAllowedIp(TEN).build());
        device.apply(change().peer(ALICE).replaceAllowedIps().addAllowedIp(NET).build());
        assertThat(allowedIps(ALICE)).isEqualTo("[10.1.0.0/16]");
    }

    @Test
    void updateOnlyAndRemovalOfAnAbsentPeerDoNothing() throws WireGuardException {
        device.apply(change().peer(ALICE)
                .updateOnly()
                .endpoint(HOME)
                .peer(BOB)
                .remove()
                .build());
        assertThat(device.read().peers()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void aPeerNamedTwiceIsChangedTwiceInOrder() throws WireGuardException {
        device.apply(change().peer(ALICE).endpoint(HOME).build());
        device.apply(change().peer(ALICE).remove().peer(ALICE).addAllowedIp(TEN).build());
        assertThat(device.peer(ALICE).flatMap(Peer::endpoint)).isEmpty();
        assertThat(events).endsWith(new PeerRemoved(ALICE), new PeerAdded(ALICE), new AllowedIpAdded(ALICE, TEN));
    }

    @Test
    void restartingKeepsEverythingButTheStatistics() throws WireGuardException {
        try (SecretKey presharedKey = SecretKey.generatePreshared()) {
            device.apply(change().peer(ALICE)
                    .presharedKey(presharedKey)
                    .endpoint(HOME)
                    .addAllowedIp(TEN)
                    .persistentKeepalive(KEEPALIVE)
                    .build());
            device.count(ALICE, 10, 20);
            device.recordHandshake(ALICE);
            Peer before = device.peer(ALICE).orElseThrow();
            events.clear();
            device.apply(change().peer(ALICE).restart().build());
            assertThat(device.peer(ALICE)).contains(before.withStatistics(PeerStatistics.none()));
            assertThat(events)
                    .containsExactly(new PeerRestarted(ALICE), new KeepaliveChanged(ALICE, Duration.ZERO, KEEPALIVE));
            try (DeviceSecrets secrets = device.secrets()) {
                assertThat(secrets.presharedKey(ALICE)).contains(presharedKey);
            }
        }
    }

    @Test
    void restartingIsRefusedIfTheBackendDoesNotSupportIt() {
        MemoryWireGuard lesser =
                MemoryWireGuard.builder(CLOCK).capabilities(Capabilities.none()).build();
        MemoryDevice its = lesser.create("wg0");
        assertThatThrownBy(() -> its.apply(change().peer(ALICE)
                        .endpoint(HOME)
                        .peer(ALICE)
                        .restart()
                        .build()))
                .isInstanceOf(UnsupportedException.class);
        assertThat(its.read().peers()).isEmpty();
    }

    @Test
    void aKeyOfZerosClearsThePresharedKey() throws WireGuardException {
        try (SecretKey presharedKey = SecretKey.generatePreshared();
                SecretKey zeros = SecretKey.copyOf(new byte[SecretKey.LENGTH])) {
            device.apply(change().peer(ALICE).presharedKey(presharedKey).build());
            device.apply(change().peer(ALICE).presharedKey(zeros).build());
        }
        try (DeviceSecrets secrets = device.secrets()) {
            assertThat(secrets.presharedKey(ALICE)).isEmpty();
        }
    }

    @Test
    void onlyTheStepFromOffToOnSendsAtOnce() throws WireGuardException {
        device.apply(change().peer(ALICE)
                .persistentKeepalive(KEEPALIVE)
                .peer(ALICE)
                .persistentKeepalive(Duration.ofSeconds(5))
                .peer(ALICE)
                .persistentKeepalive(Duration.ZERO)
                .build());
        assertThat(events)
                .filteredOn(KeepaliveChanged.class::isInstance)
                .extracting(event -> ((KeepaliveChanged) event).sendsAtOnce())
                .containsExactly(true, false, false);
    }

    @Test
    void onePeerTooManyIsRejectedAndThoseBeforeItStay() {
        MemoryWireGuard small = MemoryWireGuard.builder(CLOCK).maxPeers(1).build();
        MemoryDevice its = small.create("wg0");
        assertThatThrownBy(() -> its.apply(change().peer(ALICE).peer(BOB).build()))
                .isInstanceOfSatisfying(PartlyAppliedException.class, e -> {
                    assertThat(e.appliedPeers()).containsExactly(ALICE);
                    assertThat(e.getCause()).isInstanceOf(RejectedException.class);
                });
        assertThat(its.read().peers()).extracting(Peer::publicKey).containsExactly(ALICE);
    }

    @Test
    void changesByTheNetworkShowInTheNextReading() throws WireGuardException {
        device.apply(change().peer(ALICE).endpoint(HOME).build());
        device.roam(ALICE, AWAY);
        device.count(ALICE, 1, 2);
        device.count(ALICE, 10, 20);
        device.recordHandshake(ALICE, NOW.minusSeconds(60));
        assertThat(device.peer(ALICE))
                .contains(Peer.builder(ALICE)
                        .endpoint(AWAY)
                        .statistics(PeerStatistics.of(NOW.minusSeconds(60), 11, 22))
                        .build());
    }

    private String allowedIps(PublicKey peer) {
        return device.peer(peer).orElseThrow().allowedIps().toString();
    }
}
