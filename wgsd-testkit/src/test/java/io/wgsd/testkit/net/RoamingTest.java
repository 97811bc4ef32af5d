package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.ALICE_TUNNEL;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;
import static io.wgsd.testkit.net.NatLab.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of sessions when a NAT forgets its mappings. */
class RoamingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theRegistryFollowsAPeerAtItsNextKeepaliveWithoutAHandshake() {
        NatLab lab = connected(NatKind.PORT_RESTRICTED_CONE);
        Endpoint before = lab.advertised(ALICE).orElseThrow();
        long handshakes = lab.net().trace().count(NetEvent.Kind.HANDSHAKE);

        lab.aliceNat().remap();
        lab.timeline().runFor(Duration.ofMillis(5_040));

        assertThat(lab.advertised(ALICE).orElseThrow()).isNotEqualTo(before);
        assertThat(lab.net().trace().count(NetEvent.Kind.HANDSHAKE)).isEqualTo(handshakes);
    }

    @Test
    void aSessionSurvivesBecauseTheOtherSideRoamsOnTheFirstPacket() {
        NatLab lab = connected(NatKind.FULL_CONE);
        long handshakes = lab.net().trace().count(NetEvent.Kind.HANDSHAKE);

        lab.aliceNat().remap();

        assertThat(answered(lab, lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL)))
                .isTrue();
        assertThat(answered(lab, lab.bob().wireGuard(DEVICE).ping(ALICE_TUNNEL)))
                .isTrue();
        assertThat(lab.net().trace().count(NetEvent.Kind.HANDSHAKE)).isEqualTo(handshakes);
    }

    @Test
    void behindNatsThatFilterByPortASessionIsCutOffUntilItsEndpointIsSet() {
        NatLab lab = connected(NatKind.PORT_RESTRICTED_CONE);
        long handshakes = lab.net().trace().count(NetEvent.Kind.HANDSHAKE);

        lab.aliceNat().remap();
        assertThat(answered(lab, lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL)))
                .isFalse();
        assertThat(answered(lab, lab.bob().wireGuard(DEVICE).ping(ALICE_TUNNEL)))
                .isFalse();
        lab.timeline().runFor(Duration.ofSeconds(5));
        Endpoint now = lab.advertised(ALICE).orElseThrow();
        Punch.apply(
                lab.bob(),
                DeviceChange.builder().peer(ALICE).updateOnly().endpoint(now).build());

        assertThat(answered(lab, lab.bob().wireGuard(DEVICE).ping(ALICE_TUNNEL)))
                .isTrue();
        assertThat(lab.net().trace().count(NetEvent.Kind.HANDSHAKE)).isEqualTo(handshakes);
    }

    @Test
    void aWriteAfterTheRoamUndoesIt() {
        NatLab lab = connected(NatKind.FULL_CONE);
        Endpoint stale = lab.advertised(ALICE).orElseThrow();
        lab.aliceNat().remap();
        answered(lab, lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL));

        Punch.apply(
                lab.bob(), DeviceChange.builder().peer(ALICE).endpoint(stale).build());

        assertThat(answered(lab, lab.bob().wireGuard(DEVICE).ping(ALICE_TUNNEL)))
                .isFalse();
    }

    @Test
    void aMappingThatNobodyKeepsAliveIsShutAfterThirtySeconds() {
        NatLab lab = connected(NatKind.PORT_RESTRICTED_CONE);
        Punch.apply(
                lab.alice(),
                DeviceChange.builder()
                        .peer(BOB)
                        .persistentKeepalive(Duration.ZERO)
                        .build());
        Punch.apply(
                lab.bob(),
                DeviceChange.builder()
                        .peer(ALICE)
                        .persistentKeepalive(Duration.ZERO)
                        .build());
        lab.timeline().runFor(Duration.ofSeconds(45));

        assertThat(lab.alice().wireGuard(DEVICE).hasSession(BOB)).isTrue();
        assertThat(answered(lab, lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL)))
                .isFalse();
    }

    @Test
    void symmetricPeersReachEachOtherThroughARegistryThatForwards() {
        NatLab lab = NatLab.builder()
                .nat(NatKind.SYMMETRIC)
                .conditions(LinkConditions.delay(Pair.OWD))
                .keepalive(Duration.ZERO)
                .up();
        lab.registry().wireGuard(DEVICE).setForwarding(true);
        Punch.apply(lab.alice(), viaRegistry("10.0.0.2/32"));
        Punch.apply(lab.bob(), viaRegistry("10.0.0.1/32"));

        Ping ping = lab.alice().wireGuard(DEVICE).ping(BOB_TUNNEL);

        assertThat(answered(lab, ping)).isTrue();
        assertThat(ping.roundTrip()).contains(Pair.OWD.multipliedBy(4));
    }

    private static DeviceChange viaRegistry(String prefix) {
        return DeviceChange.builder()
                .peer(NatLab.REGISTRY)
                .addAllowedIp(IpPrefix.parse(prefix))
                .build();
    }

    private static boolean answered(NatLab lab, Ping ping) {
        return lab.timeline().runUntil(ping::isAnswered, SECOND);
    }

    private static NatLab connected(NatKind bobNat) {
        NatLab lab = NatLab.builder()
                .bobNat(bobNat)
                .conditions(LinkConditions.delay(Pair.OWD))
                .keepalive(Duration.ZERO)
                .up();
        assertThat(new Punch(lab).both(Duration.ofMillis(60), Punch.keepaliveOn()))
                .isPresent();
        return lab;
    }
}
