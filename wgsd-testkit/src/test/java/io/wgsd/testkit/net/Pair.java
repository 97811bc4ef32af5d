package io.wgsd.testkit.net;

import static io.wgsd.testkit.net.NatLab.ALICE;
import static io.wgsd.testkit.net.NatLab.ALICE_TUNNEL;
import static io.wgsd.testkit.net.NatLab.BOB;
import static io.wgsd.testkit.net.NatLab.BOB_TUNNEL;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.net.lab.LabKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Alice and Bob with public addresses, 40 ms apart; only Alice has an endpoint for the other, and all is silent. */
final class Pair {

    static final Duration OWD = Duration.ofMillis(40);
    static final Endpoint BOB_AT = Endpoint.parse("192.0.2.2:51820");

    final Timeline timeline = Timeline.create();
    final SimulatedNet net = SimulatedNet.create(timeline, 1).conditions(LinkConditions.delay(OWD));
    final SimulatedHost aliceHost;
    final SimulatedHost bobHost;
    final SimulatedWireGuard alice;
    final SimulatedWireGuard bob;
    /** What was sent, as "SENT alice handshake initiation", and what else happened. */
    final List<NetEvent> events = new ArrayList<>();

    Pair() {
        this(WireGuardImplementation.wireguardGo());
    }

    Pair(WireGuardImplementation implementation) {
        net.trace().listen(events::add);
        aliceHost = host("alice", "192.0.2.1", implementation);
        bobHost = host("bob", "192.0.2.2", implementation);
        alice = aliceHost.createWireGuard("wg0", ALICE_TUNNEL);
        bob = bobHost.createWireGuard("wg0", BOB_TUNNEL);
        configure(alice, LabKeys.ALICE, BOB, BOB_TUNNEL, peer -> peer.endpoint(BOB_AT));
        configure(bob, LabKeys.BOB, ALICE, ALICE_TUNNEL, peer -> peer);
    }

    /** Has Alice begin a session, which both can use when this returns, and under which no data has been sent. */
    Pair connected() {
        change(alice, BOB, peer -> peer.persistentKeepalive(Duration.ofSeconds(25)));
        change(alice, BOB, peer -> peer.persistentKeepalive(Duration.ZERO));
        pass(Duration.ofMillis(200));
        events.clear();
        return this;
    }

    void pass(Duration duration) {
        timeline.runFor(duration);
    }

    void change(SimulatedWireGuard who, PublicKey peer, UnaryOperator<PeerChange.Builder> how) {
        try {
            who.device().apply(how.apply(DeviceChange.builder().peer(peer)).build());
        } catch (WireGuardException e) {
            throw new AssertionError(e);
        }
    }

    Peer bobAtAlice() {
        return alice.device().peer(BOB).orElseThrow();
    }

    Peer aliceAtBob() {
        return bob.device().peer(ALICE).orElseThrow();
    }

    /** Returns when a host sent messages of a kind, in milliseconds of virtual time. */
    List<Long> sent(SimulatedHost by, String kind) {
        return events.stream()
                .filter(event ->
                        event.kind() == NetEvent.Kind.SENT && event.node().equals(by.name()))
                .filter(event -> event.text().contains(": " + kind))
                .map(event -> event.at().toMillis())
                .toList();
    }

    private SimulatedHost host(String name, String address, WireGuardImplementation implementation) {
        return net.host(name)
                .address(IpAddress.parse(address))
                .implementation(implementation)
                .publicKeys(LabKeys::publicKey)
                .attach();
    }

    private void configure(
            SimulatedWireGuard who,
            SecretKey key,
            PublicKey peer,
            IpAddress peersTunnel,
            UnaryOperator<PeerChange.Builder> also) {
        try {
            who.device()
                    .apply(DeviceChange.builder()
                            .privateKey(key)
                            .listenPort(51_820)
                            .build());
        } catch (WireGuardException e) {
            throw new AssertionError(e);
        }
        change(who, peer, change -> also.apply(change.addAllowedIp(IpPrefix.of(peersTunnel))));
    }
}
