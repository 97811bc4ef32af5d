package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/1, 128.0.0.0/1",
                "128.0.0.0/1",
                "0.0.0.0/2, 64.0.0.0/2, 128.0.0.0/2, 192.0.0.0/3",
                // All but 10.0.0.0/8, as a calculator of prefixes has it.
                "0.0.0.0/5, 8.0.0.0/7, 11.0.0.0/8, 12.0.0.0/6, 16.0.0.0/4, 32.0.0.0/3, 64.0.0.0/2, 128.0.0.0/1",
            })
    void piecesThatTogetherHoldHalfOfAllAddressesAreADefaultRoute(String pieces) {
        CryptokeyRouting routing = CryptokeyRouting.of(device(pieces, "10.1.0.0/16, 10.0.0.3/32"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("192.0.2.1"))).isEmpty();
        assertThat(routing.route(IpAddress.parse("192.0.2.1"))).hasValue(ALICE);
        assertThat(routing.routeWithoutDefault(IpAddress.parse("10.1.0.1"))).hasValue(BOB);
        assertThat(routing.routeWithoutDefault(IpAddress.parse("10.0.0.3"))).hasValue(BOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::/1, 8000::/1", "2000::/3", "2000::/4"})
    void piecesThatHoldHalfOfAllGlobalAddressesAreADefaultRouteOfIpv6(String pieces) {
        CryptokeyRouting routing = CryptokeyRouting.of(device(pieces, "fd00::/64"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("2001:db8::1"))).isEmpty();
        assertThat(routing.routeWithoutDefault(IpAddress.parse("fd00::1"))).hasValue(BOB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "0.0.0.0/0, 0.0.0.0/3"})
    void aWholeDefaultRouteHidesNoneThatIsInPieces(String whole) {
        CryptokeyRouting routing = CryptokeyRouting.of(device(whole, "0.0.0.0/1, 128.0.0.0/1"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("192.0.2.1"))).isEmpty();
    }

    @Test
    void aWholeDefaultRouteOfIpv6HidesNoneThatIsInPieces() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("::/0", "2000::/3"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("2001:db8::1"))).isEmpty();
    }

    @Test
    void twoPeersMayShareTheWorld() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("0.0.0.0/2", "64.0.0.0/2"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("8.8.8.8"))).isEmpty();
        assertThat(routing.routeWithoutDefault(IpAddress.parse("65.0.0.1"))).isEmpty();
    }

    @Test
    void lessThanHalfIsNoDefaultRoute() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("128.0.0.0/2, 128.0.0.0/3", "10.0.0.0/8, 8000::/1"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("129.0.0.1"))).hasValue(ALICE);
        assertThat(routing.routeWithoutDefault(IpAddress.parse("fd00::1"))).hasValue(BOB);
    }

    @Test
    void theSingleAddressesOfAPeerThatIsTheWayToEverywhereAreItsOwn() {
        CryptokeyRouting routing = CryptokeyRouting.of(device("0.0.0.0/1, 128.0.0.0/1, 10.0.0.254/32", "10.0.0.3/32"));
        assertThat(routing.routeWithoutDefault(IpAddress.parse("10.0.0.254"))).hasValue(ALICE);
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
                assertThat(routing.route(address)).isEqualTo(search(owners, address));
            }
        }
    }

    private static Optional<PublicKey> search(Map<IpPrefix, PublicKey> owners, IpAddress address) {
        PublicKey owner = null;
        int longest = -1;
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
        Map<PublicKey, List<IpPrefix>> byOwner = new HashMap<>();
        owners.forEach((prefix, owner) ->
                byOwner.computeIfAbsent(owner, key -> new ArrayList<>()).add(prefix));
        byOwner.forEach((owner, prefixes) ->
                device.peer(Peer.builder(owner).allowedIps(prefixes).build()));
        return device.build();
    }

    private static Device device(String ofAlice, String ofBob) {
        Map<IpPrefix, PublicKey> owners = new HashMap<>();
        List.of(ofAlice.split(", ")).forEach(prefix -> owners.put(IpPrefix.parse(prefix), ALICE));
        List.of(ofBob.split(", ")).forEach(prefix -> owners.put(IpPrefix.parse(prefix), BOB));
        return device(owners);
    }
}
