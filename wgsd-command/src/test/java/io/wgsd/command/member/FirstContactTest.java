package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerStatistics;
import io.wgsd.model.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirstContactTest {

    private static final Set<IpAddress> REGISTRIES =
            Set.of(IpAddress.parse("10.0.0.253"), IpAddress.parse("10.0.0.254"));
    private static final Instant SHAKEN = Instant.parse("2030-01-31T12:00:00Z");

    @Test
    void registriesPeersThatNeverHadASessionAreSilentAndNoOthers() {
        Device device =
                device(peer(1, "10.0.0.254/32", null), peer(2, "10.0.0.253/32", null), peer(3, "10.0.0.1/32", null));

        assertThat(FirstContact.silent(device, REGISTRIES)).containsExactlyInAnyOrder(key(1), key(2));
    }

    @Test
    void noneIsSilentOnceOneHadASession() {
        Device device = device(peer(1, "10.0.0.254/32", null), peer(2, "10.0.0.253/32", SHAKEN));

        assertThat(FirstContact.silent(device, REGISTRIES)).isEmpty();
    }

    @Test
    void noPeerIsSilentWhereNoneIsTheWayToARegistry() {
        assertThat(FirstContact.silent(device(peer(3, "10.0.0.1/32", null)), REGISTRIES))
                .isEmpty();
    }

    private static Device device(Peer... peers) {
        Device.Builder device = Device.builder("wg0", DeviceKind.USERSPACE);
        List.of(peers).forEach(device::peer);
        return device.build();
    }

    private static Peer peer(int number, String prefix, @Nullable Instant handshake) {
        return Peer.builder(key(number))
                .allowedIps(List.of(IpPrefix.parse(prefix)))
                .statistics(PeerStatistics.of(handshake, 0, 0))
                .build();
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }
}
