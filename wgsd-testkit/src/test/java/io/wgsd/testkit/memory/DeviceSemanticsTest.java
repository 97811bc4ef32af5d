package io.wgsd.testkit.memory;

import static io.wgsd.testkit.memory.Fixtures.ALICE;
import static io.wgsd.testkit.memory.Fixtures.BOB;
import static io.wgsd.testkit.memory.Fixtures.CLOCK;
import static io.wgsd.testkit.memory.Fixtures.HOME;
import static io.wgsd.testkit.memory.Fixtures.change;
import static io.wgsd.testkit.memory.Fixtures.eventsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.PartlyAppliedException;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryEvent.DeviceCreated;
import io.wgsd.testkit.memory.MemoryEvent.DeviceRemoved;
import io.wgsd.testkit.memory.MemoryEvent.DeviceRenamed;
import io.wgsd.testkit.memory.MemoryEvent.FirewallMarkChanged;
import io.wgsd.testkit.memory.MemoryEvent.ListenPortChanged;
import io.wgsd.testkit.memory.MemoryEvent.PeerAdded;
import io.wgsd.testkit.memory.MemoryEvent.PeerRemoved;
import io.wgsd.testkit.memory.MemoryEvent.PrivateKeyChanged;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceSemanticsTest {

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(CLOCK);
    private final MemoryDevice device = wireGuard.create("wg0");
    private final List<MemoryEvent> events = eventsOf(wireGuard);

    @Test
    void aChangeHappensInTheKernelsOrder() throws WireGuardException {
        device.apply(change().peer(ALICE).build());
        events.clear();
        try (SecretKey key = SecretKey.generatePrivate()) {
            device.apply(change().privateKey(key)
                    .replacePeers()
                    .listenPort(1000)
                    .firewallMark(7)
                    .peer(BOB)
                    .build());
            assertThat(events)
                    .containsExactly(
                            new FirewallMarkChanged(0, 7),
                            new ListenPortChanged(49152, 1000),
                            new PeerRemoved(ALICE),
                            new PrivateKeyChanged(Optional.of(key.publicKey())),
                            new PeerAdded(BOB));
        }
    }

    @Test
    void settingThePrivateKeyRemovesThePeerThatHasItsPublicKey() throws WireGuardException {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device.apply(change().peer(key.publicKey()).peer(ALICE).build());
            device.apply(change().privateKey(key).build());
            assertThat(device.read().publicKey()).contains(key.publicKey());
        }
        assertThat(device.read().peers()).extracting(Peer::publicKey).containsExactly(ALICE);
    }

    @Test
    void theOwnKeyAsAPeerIsIgnored() throws WireGuardException {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device.apply(change().privateKey(key)
                    .peer(key.publicKey())
                    .endpoint(HOME)
                    .build());
        }
        assertThat(device.read().peers()).isEmpty();
    }

    @Test
    void thePrivateKeyIsClampedAsTheKernelDoes() throws WireGuardException {
        byte[] ones = new byte[SecretKey.LENGTH];
        Arrays.fill(ones, (byte) 0xff);
        try (SecretKey key = SecretKey.copyOf(ones)) {
            device.apply(change().privateKey(key).build());
        }
        try (DeviceSecrets secrets = device.secrets()) {
            byte[] stored = secrets.privateKey().orElseThrow().toBytes();
            assertThat(stored[0]).isEqualTo((byte) 0xf8);
            assertThat(stored[31]).isEqualTo((byte) 0x7f);
        }
    }

    @Test
    void aKeyOfZerosClearsThePrivateKey() throws WireGuardException {
        try (SecretKey key = SecretKey.generatePrivate();
                SecretKey zeros = SecretKey.copyOf(new byte[SecretKey.LENGTH])) {
            device.apply(change().privateKey(key).build());
            device.apply(change().privateKey(zeros).build());
        }
        assertThat(device.read().publicKey()).isEmpty();
        assertThat(events).endsWith(new PrivateKeyChanged(Optional.empty()));
    }

    @Test
    void secretsAreCopiesThatClosingWipes() throws WireGuardException {
        try (SecretKey key = SecretKey.generatePrivate()) {
            device.apply(change().privateKey(key).build());
        }
        DeviceSecrets secrets = device.secrets();
        SecretKey handedOut = secrets.privateKey().orElseThrow();
        secrets.close();
        assertThatThrownBy(handedOut::toBytes).isInstanceOf(IllegalStateException.class);
        try (DeviceSecrets again = device.secrets()) {
            assertThat(again.privateKey())
                    .hasValueSatisfying(copy -> assertThat(copy.isZero()).isFalse());
        }
    }

    @Test
    void portsAreChosenInOrderAndTakenOnesPassedOver() throws WireGuardException {
        MemoryDevice second = wireGuard.create("wg1");
        device.apply(change().listenPort(49155).build());
        second.apply(change().listenPort(0).build());
        second.apply(change().listenPort(0).build());
        assertThat(second.read().listenPort()).isEqualTo(49156);
    }

    @Test
    void portsCanBeChosenByTheTest() {
        PrimitiveIterator.OfInt ports = IntStream.of(5, 5, 9).iterator();
        MemoryWireGuard chosen =
                MemoryWireGuard.builder(CLOCK).ports(ports::nextInt).build();
        chosen.create("wg0");
        assertThat(chosen.create("wg1").read().listenPort()).isEqualTo(9);
    }

    @Test
    void aPortThatAnotherDeviceHasIsRejected() throws WireGuardException {
        wireGuard.create("wg1").apply(change().listenPort(51820).build());
        assertThatThrownBy(() -> device.apply(change().listenPort(51820).build()))
                .isInstanceOfSatisfying(RejectedException.class, e -> {
                    assertThat(e.errno()).hasValue(98);
                    assertThat(e).hasMessageContaining("wg0").hasMessageContaining("51820");
                });
        assertThat(device.read().listenPort()).isEqualTo(49152);
    }

    @Test
    void changesBeforeARejectedPartStay() throws WireGuardException {
        wireGuard.create("wg1").apply(change().listenPort(51820).build());
        assertThatThrownBy(() -> device.apply(
                        change().firewallMark(7).listenPort(51820).peer(ALICE).build()))
                .isInstanceOf(PartlyAppliedException.class)
                .hasCauseInstanceOf(RejectedException.class);
        assertThat(device.read().firewallMark()).isEqualTo(7);
        assertThat(device.read().peers()).isEmpty();
        assertThat(events).endsWith(new FirewallMarkChanged(0, 7));
    }

    @Test
    void thePortOfARemovedDeviceIsFree() throws WireGuardException {
        wireGuard.create("wg1").apply(change().listenPort(51820).build());
        wireGuard.remove("wg1");
        device.apply(change().listenPort(51820).build());
        assertThat(device.read().listenPort()).isEqualTo(51820);
    }

    @Test
    void aRenamedDeviceIsTheSameDevice() throws WireGuardException {
        device.apply(change().peer(ALICE).build());
        wireGuard.rename("wg0", "wg9");
        assertThat(wireGuard.device("wg0")).isEmpty();
        assertThat(device.read().name()).isEqualTo("wg9");
        assertThat(device.peer(ALICE)).isPresent();
        assertThat(events).endsWith(new DeviceRenamed("wg0"));
    }

    @Test
    void aRemovedDeviceIsOfNoMoreUse() {
        wireGuard.create("wg1");
        wireGuard.remove("wg1");
        wireGuard.remove("wg0");
        assertThat(events).containsExactly(new DeviceCreated(), new DeviceRemoved(), new DeviceRemoved());
        assertThat(device.isRemoved()).isTrue();
        assertThatThrownBy(device::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wg0");
    }

    @Test
    void aNameIsTakenOnce() {
        assertThatThrownBy(() -> wireGuard.create("wg0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wg0");
    }

    @Test
    void aPeerThatIsNotThereCannotRoam() {
        PublicKey absent = ALICE;
        assertThatThrownBy(() -> device.roam(absent, HOME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(absent.toBase64());
    }
}
