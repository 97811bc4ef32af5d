package io.wgsd.server.answer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.CryptokeyRouting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Samples;
import io.wgsd.server.answer.SampleZone;
import io.wgsd.server.transport.Arrival;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who has what: alice is 10.0.0.1 and fd00::1, bob has a network of his own, and 10.0.0.254 and fd00::254 are the
 * registry.
 */
class AccessPolicyTest {

    private static final Peer ALICE = peer(Samples.ALICE, "10.0.0.1/32", "fd00::1/128");
    private static final Peer BOB = peer(Samples.BOB, "10.0.0.2/32", "192.168.7.0/24");
    private static final Peer EXIT = peer(SampleZone.CAROL, "0.0.0.0/0", "::/0");
    private static final Peer EXIT_IN_PIECES = peer(SampleZone.CAROL, "0.0.0.0/1", "128.0.0.0/1", "2000::/3");
    private static final Outsiders NOBODY = new Outsiders(List.of(), false);
    private static final Outsiders LAN = new Outsiders(List.of(IpPrefix.parse("198.51.100.0/24")), false);

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,     DEVICE,    EVERYTHING",
        "fd00::1,      DEVICE,    EVERYTHING",
        "192.168.7.9,  DEVICE,    EVERYTHING",
        "10.0.0.3,     DEVICE,    REFUSAL",
        "10.0.0.1,     ELSEWHERE, NOTHING",
        "fd00::1,      ELSEWHERE, NOTHING",
        "192.168.7.9,  ELSEWHERE, NOTHING",
        "127.0.0.1,    ELSEWHERE, NOTHING",
        "10.0.0.3,     ELSEWHERE, REFUSAL",
        "198.51.100.7, ELSEWHERE, REFUSAL",
        "10.0.0.1,     UNKNOWN,   EVERYTHING",
        "127.0.0.1,    UNKNOWN,   EVERYTHING",
        "::1,          UNKNOWN,   EVERYTHING",
        "198.51.100.7, UNKNOWN,   REFUSAL",
        "127.0.0.1,    LOOPBACK,  TRANSFER",
        "198.51.100.7, LOOPBACK,  TRANSFER",
    })
    void thisHostAndPeersHaveEverything(String source, Arrival arrival, Access access) {
        assertThat(access(NOBODY, source, arrival, ALICE, BOB)).isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({"DEVICE", "ELSEWHERE", "UNKNOWN", "LOOPBACK"})
    void thisHostIsKnownByItsOwnAddressWhereverItArrives(Arrival arrival) {
        assertThat(access(NOBODY, "fd00::254", arrival, ALICE)).isEqualTo(Access.TRANSFER);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, ELSEWHERE, TRANSFER",
        "203.0.113.5, UNKNOWN,   TRANSFER",
        "203.0.113.6, ELSEWHERE, REFUSAL",
        "10.0.0.2,    DEVICE,    TRANSFER",
        "10.0.0.2,    ELSEWHERE, NOTHING",
        "10.0.0.1,    DEVICE,    EVERYTHING",
    })
    void secondariesHaveTransfersUnlessTheirSourceIsForged(String source, Arrival arrival, Access access) {
        List<IpPrefix> secondaries = List.of(IpPrefix.parse("203.0.113.5/32"), IpPrefix.parse("10.0.0.2/32"));

        assertThat(policy(NOBODY, secondaries, ALICE, BOB)
                        .grant(IpAddress.parse(source), arrival)
                        .access())
                .isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, DEVICE,    EVERYTHING",
        "2001:db8::7,  DEVICE,    EVERYTHING",
        "198.51.100.7, ELSEWHERE, REFUSAL",
        "198.51.100.7, UNKNOWN,   REFUSAL",
        "2001:db8::7,  UNKNOWN,   REFUSAL",
    })
    void aDefaultRouteMakesAPeerOnlyOfWhatComesOutOfTheTunnel(String source, Arrival arrival, Access access) {
        assertThat(access(NOBODY, source, arrival, ALICE, EXIT)).isEqualTo(access);
        assertThat(access(NOBODY, source, arrival, ALICE, EXIT_IN_PIECES)).isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({
        "fe80::1,   DEVICE,    EVERYTHING",
        "fe80::254, DEVICE,    TRANSFER",
        "fe80::1,   ELSEWHERE, REFUSAL",
        "fe80::254, ELSEWHERE, REFUSAL",
        "fe80::1,   UNKNOWN,   REFUSAL",
        "fe80::254, UNKNOWN,   REFUSAL",
    })
    void aLinkLocalAddressIsItsOwnersOnTheDevicesLinkAlone(String source, Arrival arrival, Access access) {
        AccessPolicy policy = new AccessPolicy(
                CryptokeyRouting.of(Device.builder("wg0", DeviceKind.KERNEL)
                        .peer(peer(Samples.ALICE, "fe80::1/128"))
                        .build()),
                Set.of(IpAddress.parse("fe80::254")),
                NOBODY,
                List.of());
        assertThat(policy.grant(IpAddress.parse(source), arrival).access()).isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({"DEVICE, EVERYTHING", "ELSEWHERE, NOTHING", "UNKNOWN, EVERYTHING"})
    void besideADefaultRouteInPiecesPeersKeepWhatIsTheirs(Arrival arrival, Access access) {
        assertThat(access(NOBODY, "192.168.7.9", arrival, BOB, EXIT_IN_PIECES)).isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.7, ELSEWHERE, KNOWN_KEYS",
        "198.51.100.7, UNKNOWN,   KNOWN_KEYS",
        "198.51.101.7, ELSEWHERE, REFUSAL",
        "10.0.0.1,     ELSEWHERE, NOTHING",
    })
    void anAllowedOutsiderMayAskForKnownKeysUnlessItsSourceIsForged(String source, Arrival arrival, Access access) {
        assertThat(access(LAN, source, arrival, ALICE)).isEqualTo(access);
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.7, EVERYTHING", "2001:db8::7, EVERYTHING", "10.0.0.1, NOTHING"})
    void anyoneMayBeAllowedTheList(String source, Access access) {
        Outsiders anyone = new Outsiders(List.of(IpPrefix.parse("0.0.0.0/0"), IpPrefix.parse("::/0")), true);

        assertThat(access(anyone, source, Arrival.ELSEWHERE, ALICE)).isEqualTo(access);
    }

    private static Access access(Outsiders outsiders, String source, Arrival arrival, Peer... peers) {
        return policy(outsiders, List.of(), peers)
                .grant(IpAddress.parse(source), arrival)
                .access();
    }

    private static AccessPolicy policy(Outsiders outsiders, List<IpPrefix> secondaries, Peer... peers) {
        Device device =
                Device.builder("wg0", DeviceKind.KERNEL).peers(List.of(peers)).build();
        Set<IpAddress> own = Set.of(IpAddress.parse("10.0.0.254"), IpAddress.parse("fd00::254"));
        return new AccessPolicy(CryptokeyRouting.of(device), own, outsiders, secondaries);
    }

    private static Peer peer(PublicKey key, String... allowedIps) {
        return Peer.builder(key)
                .allowedIps(List.of(allowedIps).stream().map(IpPrefix::parse).toList())
                .build();
    }
}
