package io.wgsd.testkit.net.lab;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.net.NatBehaviour;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.SimulatedHost;
import io.wgsd.testkit.net.SimulatedNat;
import io.wgsd.testkit.net.SimulatedNet;
import io.wgsd.testkit.net.SimulatedRelay;
import io.wgsd.testkit.net.WireGuardImplementation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes and configures a lab's hosts and NATs. */
public final class LabNodes {

    /** Where WireGuard listens on each host. */
    public static final int PORT = 51_820;

    private static final int ALICE_PUBLIC_PORT = 41_424;
    private static final int RELAY_PORT = 443;
    private static final int FIRST_RELAY = 129;

    private final SimulatedNet net;
    private final WireGuardImplementation implementation;
    private final Duration mappingTimeout;

    public LabNodes(SimulatedNet net, WireGuardImplementation implementation, Duration mappingTimeout) {
        this.net = net;
        this.implementation = implementation;
        this.mappingTimeout = mappingTimeout;
    }

    /** Makes Alice's NAT, behind a carrier's if there is one. */
    public SimulatedNat aliceNat(NatBehaviour own, @Nullable NatBehaviour carrier) {
        SimulatedNat.Builder nat = net.nat("alice-nat", own).port(PORT, ALICE_PUBLIC_PORT);
        if (carrier == null) {
            return attach(nat, "203.0.113.1", "2001:db8:a::1");
        }
        SimulatedNat outer = attach(net.nat("alice-carrier", carrier), "203.0.113.1", "2001:db8:a::1");
        return attach(nat.behind(outer), "100.64.1.1", "2001:db8:ca::1");
    }

    /** Makes Bob's NAT, behind a carrier's if there is one. */
    public SimulatedNat bobNat(NatBehaviour own, @Nullable NatBehaviour carrier) {
        SimulatedNat.Builder nat = net.nat("bob-nat", own);
        if (carrier == null) {
            return attach(nat, "198.51.100.1", "2001:db8:b::1");
        }
        SimulatedNat outer = attach(net.nat("bob-carrier", carrier), "198.51.100.1", "2001:db8:b::1");
        return attach(nat.behind(outer), "100.64.2.1", "2001:db8:cb::1");
    }

    private SimulatedNat attach(SimulatedNat.Builder nat, String v4, String v6) {
        return nat.address(IpAddress.parse(v4))
                .address(IpAddress.parse(v6))
                .mappingTimeout(mappingTimeout)
                .attach();
    }

    public SimulatedHost host(SimulatedHost.Builder host, String v4, String v6) {
        return host.address(IpAddress.parse(v4))
                .address(IpAddress.parse(v6))
                .implementation(implementation)
                .publicKeys(LabKeys::publicKey)
                .attach();
    }

    /** Makes a relay for Alice and Bob; the first one has the number 0. */
    public SimulatedRelay relay(String name, int number) {
        SimulatedHost host = host(net.host(name), "192.0.2." + (FIRST_RELAY + number), "2001:db8:9::" + (number + 1));
        return SimulatedRelay.start(host, LabKeys.relay(name), RELAY_PORT).members(NatLab.ALICE, NatLab.BOB);
    }

    /** Begins a peer with one tunnel address. */
    public static Peer.Builder peer(PublicKey key, IpAddress tunnelAddress) {
        return Peer.builder(key).allowedIp(IpPrefix.of(tunnelAddress));
    }

    /** Gives a host's device its key, port and peers. */
    public static void configure(SimulatedHost host, SecretKey key, Peer.Builder... peers) {
        DeviceChange.Builder change = DeviceChange.builder().privateKey(key).listenPort(PORT);
        for (Peer.Builder builder : peers) {
            Peer peer = builder.build();
            var peerChange = change.peer(peer.publicKey()).addAllowedIps(peer.allowedIps());
            peer.endpoint().ifPresent(peerChange::endpoint);
            peer.persistentKeepalive().ifPresent(peerChange::persistentKeepalive);
        }
        try {
            host.wireGuard(NatLab.DEVICE).device().apply(change.build());
        } catch (WireGuardException e) {
            throw new IllegalStateException("the lab's own configuration was refused", e);
        }
    }
}
