package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.BOB;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.testkit.contract.support.Lists;
import io.wgsd.testkit.contract.support.Samples;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Thousands of peers, and a peer with thousands of allowed IPs, are written and read as few are. */
public interface SizeContract extends ContractPart {

    int MANY = 5000;

    @Test
    default void thousandsOfPeersAreReadBack() throws Exception {
        List<Peer> peers = peers();
        device().apply(addition(peers));
        Lists.assertSame(device().read().peers(), peers);
    }

    @Test
    default void thousandsOfPeersCanBeRemovedAtOnce() throws Exception {
        List<Peer> peers = peers();
        device().apply(addition(peers));
        DeviceChange.Builder removal = change();
        peers.subList(1, MANY).forEach(peer -> removal.peer(peer.publicKey()).remove());
        device().apply(removal.build());
        assertThat(device().read().peers()).containsExactly(peers.get(0));
    }

    @Test
    default void aPeerWithThousandsOfAllowedIpsIsReadBack() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIps(Samples.hosts(8, MANY))
                .peer(BOB)
                .addAllowedIps(Samples.hosts(7, 3))
                .build());
        assertThat(device().read().peers()).hasSize(2);
        Lists.assertSame(device().read(ALICE).allowedIps(), Samples.hosts(8, MANY));
        Lists.assertSame(device().read(BOB).allowedIps(), Samples.hosts(7, 3));
    }

    @Test
    default void thousandsOfAllowedIpsCanBeReplaced() throws Exception {
        device().apply(change().peer(ALICE)
                .addAllowedIps(Samples.hosts(8, MANY))
                .build());
        device().apply(change().peer(ALICE)
                .replaceAllowedIps()
                .addAllowedIps(Samples.hosts(7, MANY))
                .build());
        Lists.assertSame(device().read(ALICE).allowedIps(), Samples.hosts(7, MANY));
    }

    private static List<Peer> peers() {
        List<IpPrefix> hosts = Samples.hosts(8, MANY);
        IpAddress address = IpAddress.parse("192.0.2.1");
        return IntStream.range(0, MANY)
                .mapToObj(number -> Peer.builder(Samples.key(number))
                        .endpoint(Endpoint.of(address, 1 + number))
                        .allowedIp(hosts.get(number))
                        .build())
                .sorted(Comparator.comparing(Peer::publicKey))
                .toList();
    }

    private static DeviceChange addition(List<Peer> peers) {
        DeviceChange.Builder change = change();
        peers.forEach(peer -> change.peer(peer.publicKey())
                .endpoint(peer.endpoint().orElseThrow())
                .addAllowedIps(peer.allowedIps()));
        return change.build();
    }
}
