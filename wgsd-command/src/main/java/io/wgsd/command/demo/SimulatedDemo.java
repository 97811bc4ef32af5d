package io.wgsd.command.demo;

import io.wgsd.command.output.AddressText;
import io.wgsd.discovery.DiscoveryClient;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.testkit.net.NatLab;
import io.wgsd.testkit.net.Ping;
import io.wgsd.testkit.net.SimulatedHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The story without real WireGuard: WireGuard and NATs are simulated in virtual time, DNS is real, on loopback. */
public final class SimulatedDemo {

    private static final DnsSdNames NAMES = DnsSdNames.parse("wg.example.com");
    private static final int PATIENCE_SECONDS = 15;
    private static final long READY_SECONDS = 10;

    private final Story story;
    // If the peers started together, their handshakes would collide, as those of real peers rarely do.
    private final NatLab lab =
            NatLab.builder().bobStartsAfter(Duration.ofMillis(1700)).build();

    public SimulatedDemo(Story story) {
        this.story = story;
    }

    /** Returns whether a direct tunnel was up in the end. */
    public boolean tell() throws IOException, InterruptedException {
        story.chapter("Two peers behind two NATs, and a registry that everyone can reach");
        story.say(LabDemo.PICTURE);

        lab.timeline().runUntil(this::registryKnowsBoth, Duration.ofSeconds(PATIENCE_SECONDS));

        story.chapter("Alice has Bob's key, but does not know where he is");
        if (ping(1)) {
            story.say("That ping should have had no answer; the story ends here.");
            return false;
        }
        story.say("No answer: WireGuard has no endpoint for Bob, and his NAT would let nobody in.");

        story.chapter("The registry serves in DNS what its WireGuard knows");
        CountDownLatch ready = new CountDownLatch(1);
        try (Registry registry = Registry.builder(
                        lab.registry().source(),
                        NatLab.DEVICE,
                        ZoneOptions.builder(NAMES).build())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listener(new Registry.Listener() {
                    @Override
                    public void ready(List<InetSocketAddress> addresses) {
                        ready.countDown();
                    }
                })
                .start()) {
            if (!ready.await(READY_SECONDS, TimeUnit.SECONDS)) {
                story.say("The registry was not ready in time.");
                return false;
            }
            InetSocketAddress address = registry.localAddresses().get(0);
            try (DiscoveryClient client =
                    DiscoveryClient.builder(NAMES).server(address).build()) {
                story.say("This registry answers real DNS, at " + AddressText.of(address) + ":");
                for (Advertisement peer : client.browse()) {
                    story.printed(peer.publicKey() + "  " + peer.endpoints().get(0));
                }
                story.say("These are the addresses and ports that the NATs have given: nobody configured them.");

                story.chapter("Alice and Bob each look the other up and set the endpoint");
                connect("alice", lab.alice(), NatLab.BOB, client);
                lab.timeline().runFor(Duration.ofSeconds(1));
                connect("bob", lab.bob(), NatLab.ALICE, client);
            }
        }
        story.say("The registry is stopped; it is no longer needed.");

        story.chapter("A direct tunnel");
        boolean up = ping(PATIENCE_SECONDS);
        story.say(up ? "Alice and Bob talk directly. That is all wgsd does." : "There was no answer in time.");
        return up;
    }

    private boolean registryKnowsBoth() {
        return lab.advertised(NatLab.ALICE).isPresent()
                && lab.advertised(NatLab.BOB).isPresent();
    }

    private void connect(String who, SimulatedHost host, PublicKey peer, DiscoveryClient client) throws IOException {
        Optional<Endpoint> endpoint =
                client.lookup(peer).flatMap(found -> found.endpoints().stream().findFirst());
        if (endpoint.isPresent()) {
            host.source().apply(NatLab.DEVICE, change(peer, endpoint.get()));
            host.wireGuard(NatLab.DEVICE).sendData(peer);
        }
        story.printed(
                who + ": " + peer + " is at " + endpoint.map(Endpoint::toString).orElse("an unknown endpoint"));
    }

    private static DeviceChange change(PublicKey peer, Endpoint endpoint) {
        return DeviceChange.builder().peer(peer).updateOnly().endpoint(endpoint).build();
    }

    /** Sends a ping each second of simulated time until one is answered. */
    private boolean ping(int seconds) {
        IpAddress bob = NatLab.BOB_TUNNEL;
        story.ran("alice", "ping -w " + seconds + " " + bob);
        for (int sent = 1; sent <= seconds; sent++) {
            Ping ping = lab.alice().wireGuard(NatLab.DEVICE).ping(bob);
            if (lab.timeline().runUntil(ping::isAnswered, Duration.ofSeconds(1))) {
                story.printed(sent + " sent, one answered, after " + (sent - 1) + " s");
                return true;
            }
        }
        story.printed(seconds + " sent, none answered");
        return false;
    }
}
