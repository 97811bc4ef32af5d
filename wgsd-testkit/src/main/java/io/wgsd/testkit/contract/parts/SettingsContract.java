package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.HOME;
import static io.wgsd.testkit.contract.support.Samples.TEN;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.Peer;
import io.wgsd.model.SecretKey;
import io.wgsd.testkit.contract.support.Samples;
import org.junit.jupiter.api.Test;

/** The device's own settings are read back as they were written, and change nothing else. */
public interface SettingsContract extends ContractPart {

    /** The highest bit is set, so that a backend that takes the mark for a signed number is found. */
    long FIREWALL_MARK = 0x8000_0001L;

    @Test
    default void aFreshDeviceHasNoKeyNoMarkAndNoPeers() throws Exception {
        Device fresh = device().read();
        assertThat(fresh.name()).isEqualTo(device().name());
        assertThat(fresh.publicKey()).isEmpty();
        assertThat(fresh.firewallMark()).isZero();
        assertThat(fresh.peers()).isEmpty();
    }

    @Test
    default void aPrivateKeyShowsAsItsPublicKey() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key).build());
            assertThat(device().read().publicKey()).contains(key.publicKey());
        }
    }

    @Test
    default void thePrivateKeyCanBeReplaced() throws Exception {
        try (SecretKey first = SecretKey.generatePrivate();
                SecretKey second = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(first).build());
            device().apply(change().privateKey(second).build());
            assertThat(device().read().publicKey()).contains(second.publicKey());
        }
    }

    @Test
    default void thePrivateKeyCanBeCleared() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key).build());
        }
        device().apply(change().clearPrivateKey().build());
        assertThat(device().read().publicKey()).isEmpty();
    }

    @Test
    default void aPrivateKeyOfZerosClearsIt() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate();
                SecretKey zeros = Samples.zeros()) {
            device().apply(change().privateKey(key).build());
            device().apply(change().privateKey(zeros).build());
        }
        assertThat(device().read().publicKey()).isEmpty();
    }

    @Test
    default void theListenPortIsReadBack() throws Exception {
        int port = Samples.freePort();
        device().apply(change().listenPort(port).build());
        assertThat(device().read().listenPort()).isEqualTo(port);
    }

    @Test
    default void listenPortZeroChoosesAFreePort() throws Exception {
        int port = Samples.freePort();
        device().apply(change().listenPort(port).build());
        device().apply(change().listenPort(0).build());
        assertThat(device().read().listenPort()).isBetween(1, 65535).isNotEqualTo(port);
    }

    @Test
    default void theFirewallMarkIsReadBackUnsigned() throws Exception {
        device().apply(change().firewallMark(FIREWALL_MARK).build());
        assertThat(device().read().firewallMark()).isEqualTo(FIREWALL_MARK);
    }

    @Test
    default void theFirewallMarkCanBeCleared() throws Exception {
        device().apply(change().firewallMark(FIREWALL_MARK).build());
        device().apply(change().firewallMark(0).build());
        assertThat(device().read().firewallMark()).isZero();
    }

    @Test
    default void allSettingsCanBeChangedAtOnce() throws Exception {
        int port = Samples.freePort();
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key)
                    .listenPort(port)
                    .firewallMark(FIREWALL_MARK)
                    .peer(ALICE)
                    .endpoint(HOME)
                    .build());
            assertThat(device().read())
                    .isEqualTo(Device.builder(device().name(), device().read().kind())
                            .publicKey(key.publicKey())
                            .listenPort(port)
                            .firewallMark(FIREWALL_MARK)
                            .peer(Peer.builder(ALICE).endpoint(HOME).build())
                            .build());
        }
    }

    @Test
    default void settingsThatAChangeDoesNotNameStay() throws Exception {
        int port = Samples.freePort();
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key)
                    .listenPort(port)
                    .firewallMark(FIREWALL_MARK)
                    .peer(ALICE)
                    .addAllowedIp(TEN)
                    .build());
        }
        Device before = device().read();
        device().apply(change().build());
        assertThat(device().read()).isEqualTo(before);
    }

    @Test
    default void replacingThePeersLeavesThoseThatAreNamed() throws Exception {
        device().apply(change().peer(ALICE).endpoint(HOME).addAllowedIp(TEN).build());
        device().apply(change().replacePeers()
                .peer(ALICE)
                .peer(BOB)
                .addAllowedIp(TEN)
                .build());
        assertThat(device().read().peers())
                .containsExactlyInAnyOrder(
                        Peer.builder(ALICE).build(),
                        Peer.builder(BOB).allowedIp(TEN).build());
    }

    @Test
    default void replacingThePeersWithNoneRemovesAll() throws Exception {
        device().apply(change().peer(ALICE).peer(BOB).build());
        device().apply(change().replacePeers().build());
        assertThat(device().read().peers()).isEmpty();
    }

    @Test
    default void settingThePrivateKeyRemovesThePeerWithItsPublicKey() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().peer(key.publicKey()).peer(ALICE).build());
            device().apply(change().privateKey(key).build());
        }
        assertThat(device().read().peers()).extracting(Peer::publicKey).containsExactly(ALICE);
    }

    @Test
    default void theDevicesOwnKeyAsAPeerIsIgnored() throws Exception {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device().apply(change().privateKey(key).build());
            device().apply(change().peer(key.publicKey())
                    .endpoint(HOME)
                    .addAllowedIp(TEN)
                    .peer(ALICE)
                    .build());
        }
        assertThat(device().read().peers()).extracting(Peer::publicKey).containsExactly(ALICE);
    }
}
