package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.BOB;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.Samples.NOW;
import static io.wgsd.discovery.Samples.REGISTRY;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static io.wgsd.discovery.Samples.shaken;
import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.srv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.PeerOutcome.Kind;
import io.wgsd.discovery.exchange.ExchangeException;
import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.Peer;
import io.wgsd.model.PublicKey;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** {@link DiscoveryAgentBuilder#runOnce}: what is read, asked, written and sent, and in which order. */
class DiscoveryAgentTest {

    private static final InetSocketAddress INSIDE = new InetSocketAddress("10.0.0.254", 53);
    private static final InetSocketAddress OUTSIDE = new InetSocketAddress("192.0.2.53", 53);

    private final FakeAsker registry = new FakeAsker();
    private final List<PublicKey> triggered = new ArrayList<>();
    private final Peer registrysPeer = peer(REGISTRY, "192.0.2.254:51820", "10.0.0.254/32");
    private final Peer alice = peer(ALICE, "", "10.0.0.3/32");
    private final Peer bob = peer(BOB, "192.0.2.9:9", "10.0.0.4/32");

    @Test
    void aChangedEndpointIsWrittenAndNothingElseOfThePeer() throws Exception {
        FakePeerSource source = new FakePeerSource(device(registrysPeer, alice));
        advertise(ALICE, "203.0.113.1", 1000);
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(source.changes())
                .containsExactly(DeviceChange.builder()
                        .peer(ALICE)
                        .updateOnly()
                        .endpoint(Endpoint.parse("203.0.113.1:1000"))
                        .build());
        assertThat(pass.outcomes()).extracting(PeerOutcome::kind).containsExactly(Kind.REGISTRY, Kind.UPDATED);
        assertThat(triggered).containsExactly(ALICE);
    }

    @Test
    void allPeersAreWrittenByOneChange() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice, bob));
        advertise(ALICE, "203.0.113.1", 1000);
        advertise(BOB, "203.0.113.2", 2000);
        agent(source, INSIDE).runOnce();
        assertThat(source.changes()).hasSize(1);
        assertThat(source.changes().get(0).peers()).hasSize(2);
    }

    @Test
    void whereNothingChangesTheDeviceIsReadOnceAndNotWritten() throws Exception {
        FakePeerSource source = new FakePeerSource(device(bob));
        advertise(BOB, "192.0.2.9", 9);
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(source.reads()).isEqualTo(1);
        assertThat(source.changes()).isEmpty();
        assertThat(pass.outcomes()).extracting(PeerOutcome::kind).containsExactly(Kind.UNCHANGED);
    }

    @Test
    void aPeerWithALiveSessionWhereItIsAdvertisedIsReadOnceAndSentNothing() throws Exception {
        FakePeerSource source = new FakePeerSource(device(shaken(bob, 100)));
        advertise(BOB, "192.0.2.9", 9);
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(source.reads()).isEqualTo(1);
        assertThat(source.changes()).isEmpty();
        assertThat(triggered).isEmpty();
        assertThat(pass.outcomes()).extracting(PeerOutcome::kind).containsExactly(Kind.LIVE);
    }

    @Test
    void aSessionThatCameUpWhileTheRegistryWasAskedIsLeftAlone() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice, bob), device(alice, shaken(bob, 0)));
        advertise(ALICE, "203.0.113.1", 1000);
        advertise(BOB, "203.0.113.2", 2000);
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(source.changes().get(0).peers())
                .extracting(change -> change.publicKey())
                .containsExactly(ALICE);
        assertThat(pass.outcome(BOB)).get().extracting(PeerOutcome::kind).isEqualTo(Kind.LIVE);
        assertThat(triggered).containsExactly(ALICE);
    }

    @Test
    void aPeerThatIsRemovedMeanwhileIsNotBroughtBack() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice, bob), device(bob));
        advertise(ALICE, "203.0.113.1", 1000);
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(source.changes()).isEmpty();
        assertThat(pass.outcome(ALICE)).get().extracting(PeerOutcome::kind).isEqualTo(Kind.GONE);
    }

    @Test
    void aKeptPeerIsNeitherAskedForNorWritten() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice));
        advertise(ALICE, "203.0.113.1", 1000);
        PassResult pass = agent(source, INSIDE).keep(ALICE).runOnce();
        assertThat(registry.asked()).isEmpty();
        assertThat(source.changes()).isEmpty();
        assertThat(pass.outcomes()).extracting(PeerOutcome::kind).containsExactly(Kind.KEPT);
    }

    @Test
    void anEndpointInsideTheTunnelIsRefused() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice));
        advertise(ALICE, "10.0.0.3", 51820);
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(source.changes()).isEmpty();
        assertThat(pass.outcomes()).extracting(PeerOutcome::kind).containsExactly(Kind.REFUSED);
    }

    @Test
    void aClientThatIsClosedEndsThePassAndNothingIsWritten() {
        FakePeerSource source = new FakePeerSource(device(alice));
        DiscoveryClient client = DiscoveryClient.builder(NAMES).server(INSIDE).build();
        client.close();
        DiscoveryAgentBuilder agent =
                DiscoveryAgent.builder(source, "wg0", client).routes(new FakeRoutes());
        assertThatThrownBy(agent::runOnce)
                .isInstanceOfSatisfying(
                        DiscoveryException.class,
                        e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.CANCELLED));
        assertThat(source.changes()).isEmpty();
    }

    @Test
    void anInterruptEndsThePassAndStays() {
        FakePeerSource source = new FakePeerSource(device(alice));
        DiscoveryAgentBuilder agent = agent(source, INSIDE);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(agent::runOnce)
                    .isInstanceOfSatisfying(
                            DiscoveryException.class,
                            e -> assertThat(e.kind()).isEqualTo(DiscoveryException.Kind.CANCELLED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(source.changes()).isEmpty();
    }

    @Test
    void aRegistryThatIsDownIsAnOutcomeOfEachPeer() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice, bob));
        for (PublicKey key : List.of(ALICE, BOB)) {
            registry.fail(
                    NAMES.instance(key),
                    Type.SRV,
                    new ExchangeException(Reason.TIMED_OUT, INSIDE, "no answer within 5000 ms"));
        }
        PassResult pass = agent(source, INSIDE).runOnce();
        assertThat(pass.outcomes())
                .extracting(PeerOutcome::kind)
                .containsExactly(Kind.LOOKUP_FAILED, Kind.LOOKUP_FAILED);
        assertThat(triggered).isEmpty();
    }

    @Test
    void aRegistryInsideTheTunnelIsAskedFromTheDevicesAddress() throws Exception {
        agent(new FakePeerSource(device(registrysPeer, alice)), INSIDE).runOnce();
        assertThat(registry.requests().get(0).source().apply(INSIDE)).contains(FakeRoutes.INNER.toInetAddress());
    }

    @Test
    void aRegistryOutsideTheTunnelIsAskedFromWhereverTheSystemLikes() throws Exception {
        agent(new FakePeerSource(device(registrysPeer, alice)), OUTSIDE).runOnce();
        assertThat(registry.requests().get(0).source().apply(OUTSIDE)).isEmpty();
    }

    @Test
    void aRegistryOutsideTheTunnelIsWarnedOf() throws Exception {
        PassResult pass = agent(new FakePeerSource(device(alice)), OUTSIDE).runOnce();
        assertThat(pass.warnings()).singleElement().asString().contains("192.0.2.53:53", "wg0", "forged");
    }

    @Test
    void whereInsecureDnsIsAllowedThereIsNoWarning() throws Exception {
        PassResult pass = agent(new FakePeerSource(device(alice)), OUTSIDE)
                .allowInsecureDns(true)
                .runOnce();
        assertThat(pass.warnings()).isEmpty();
    }

    @Test
    void aRegistryInsideTheTunnelNeedsNoWarning() throws Exception {
        PassResult pass =
                agent(new FakePeerSource(device(registrysPeer)), INSIDE).runOnce();
        assertThat(pass.warnings()).isEmpty();
    }

    @Test
    void anAgentNeedsARegistry() {
        DiscoveryAgentBuilder agent = DiscoveryAgent.builder(new FakePeerSource(device(alice)), "wg0");
        assertThatThrownBy(agent::runOnce)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wg0");
        assertThatThrownBy(agent::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wg0");
    }

    @Test
    void aRegistryByItsNameIsAskedAtItsFirstAddress() throws Exception {
        FakePeerSource source = new FakePeerSource(device(alice));
        List<InetSocketAddress> asked = new ArrayList<>();
        advertise(ALICE, "203.0.113.1", 1000);
        PassResult pass = DiscoveryAgent.builder(source, "wg0")
                .registry("192.0.2.53", 53, address -> {
                    asked.add(address);
                    return DiscoveryClient.builder(NAMES)
                            .server(address)
                            .asker(registry)
                            .build();
                })
                .routes(new FakeRoutes())
                .trigger(Trigger.none())
                .clock(() -> NOW)
                .runOnce();
        assertThat(asked).containsExactly(OUTSIDE);
        assertThat(pass.outcomes()).extracting(PeerOutcome::kind).containsExactly(Kind.UPDATED);
    }

    @Test
    void aNameThatIsNotResolvedEndsThePass() {
        FakePeerSource source = new FakePeerSource(device(alice));
        DiscoveryAgentBuilder agent = DiscoveryAgent.builder(source, "wg0")
                .registry("registry.invalid", 53, address -> {
                    throw new AssertionError("there is no address");
                });
        assertThatThrownBy(agent::runOnce)
                .isInstanceOf(DiscoveryException.class)
                .hasMessageContaining("registry.invalid:53");
        assertThat(source.changes()).isEmpty();
    }

    private DiscoveryAgentBuilder agent(FakePeerSource source, InetSocketAddress server) {
        DiscoveryClient client =
                DiscoveryClient.builder(NAMES).server(server).asker(registry).build();
        return DiscoveryAgent.builder(source, "wg0", client)
                .routes(new FakeRoutes())
                .trigger((read, peers) -> triggered.addAll(peers))
                .clock(() -> NOW);
    }

    private void advertise(PublicKey key, String address, int port) {
        registry.on(NAMES.instance(key), Type.SRV)
                .answer(srv(NAMES.instance(key), port, NAMES.host(key)))
                .additional(address(NAMES.host(key), address));
    }
}
