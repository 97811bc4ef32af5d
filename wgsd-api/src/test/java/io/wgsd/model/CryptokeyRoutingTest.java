package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whose an address inside the tunnel is: the longest prefix decides, as in WireGuard's allowedips.c. */
class CryptokeyRoutingTest {

    private static final PublicKey ALICE = WgKeys.ALICE.publicKey();
    private static final PublicKey BOB = WgKeys.BOB.publicKey();

    @Test
    void theLongestPrefixDecides() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("10.0.0.0/8", "10.1.0.0/16"));
        assertThat(routing.route(IpAddress.parse("10.1.2.3"))).hasValue(BOB);
        assertThat(routing.route(IpAddress.parse("10.2.2.3"))).hasValue(ALICE);
    }

    @Test
    void noPrefixIsNoPeer() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("10.0.0.0/8", "10.1.0.0/16"));
        assertThat(routing.route(IpAddress.parse("11.0.0.0"))).isEmpty();
    }

    @Test
    void aDeviceWithoutPeersRoutesNothing() {
        Device bare = Device.builder("wg0", DeviceKind.KERNEL).build();
        assertThat(CryptokeyRouting.of(bare).route(IpAddress.parse("::1"))).isEmpty();
    }

    @Test
    void aDefaultRouteTakesWhatIsLeft() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("0.0.0.0/0", "10.1.0.0/16"));
        assertThat(routing.route(IpAddress.parse("192.0.2.1"))).hasValue(ALICE);
    }

    @Test
    void aDefaultRouteMayBeLeftAside() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("0.0.0.0/0", "10.1.0.0/16"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("192.0.2.1"))).isEmpty();
        assertThat(routing.routeWithoutDefault(IpAddress.parse("10.1.0.1"))).hasValue(BOB);
    }

    @Test
    void halfOfAllAddressesIsNoDefaultRoute() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("128.0.0.0/1", "10.1.0.0/16"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("192.0.2.1"))).hasValue(ALICE);
    }

    @Test
    void theFamiliesHaveNothingToDoWithEachOther() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("0.0.0.0/0", "::/0"));
        assertThat(routing.route(IpAddress.parse("0.0.0.0"))).hasValue(ALICE);
        assertThat(routing.route(IpAddress.parse("::"))).hasValue(BOB);
    }

    @Test
    void routesAsASearchThroughAllPrefixesDoes() {
        Random seeded = new Random(99);
        for (int round = 0; round < 60; round++) {
            Map<IpPrefix, PublicKey> owners = owners(seeded, 40);
            CryptokeyRouting routing = CryptokeyRouting.of(device(owners));
            for (int i = 0; i < 200; i++) {
                IpAddress address = address(seeded);
                assertThat(routing.route(address)).isEqualTo(search(owners, address, 0));
                assertThat(routing.routeWithoutDefault(address)).isEqualTo(search(owners, address, 1));
            }
        }
    }

    private static Optional<PublicKey> search(Map<IpPrefix, PublicKey> owners, IpAddress address, int shortest) {
        PublicKey owner = null;
        int longest = shortest - 1;
        for (Map.Entry<IpPrefix, PublicKey> entry : owners.entrySet()) {
            if (entry.getKey().contains(address) && entry.getKey().length() > longest) {
                owner = entry.getValue();
                longest = entry.getKey().length();
            }
        }
        return Optional.ofNullable(owner);
    }

    private static Map<IpPrefix, PublicKey> owners(Random seeded, int count) {
        Map<IpPrefix, PublicKey> owners = new HashMap<>();
        for (int i = 0; i < count; i++) {
            IpAddress address = address(seeded);
            int length = seeded.nextInt(4) == 0 ? seeded.nextInt(3) : seeded.nextInt(address.bitLength() + 1);
            owners.put(new IpPrefix(address, length), PublicKey.of(WgKeys.next(seeded)));
        }
        return owners;
    }

    /** Few bits vary, so that prefixes overlap and addresses hit them. */
    private static IpAddress address(Random seeded) {
        byte[] bytes = new byte[seeded.nextBoolean() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (seeded.nextInt(4) == 0 ? 0x80 : 0);
        }
        return IpAddress.of(bytes);
    }

    private static Device device(Map<IpPrefix, PublicKey> owners) {
        Device.Builder device = Device.builder("wg0", DeviceKind.KERNEL);
        owners.forEach((prefix, owner) ->
                device.peer(Peer.builder(owner).allowedIp(prefix).build()));
        return device.build();
    }

    private static Device device(String ofAlice, String ofBob) {
        return device(Map.of(IpPrefix.parse(ofAlice), ALICE, IpPrefix.parse(ofBob), BOB));
    }
}
