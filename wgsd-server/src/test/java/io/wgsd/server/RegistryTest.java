package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.BOB;
import static io.wgsd.server.Samples.HOME;
import static io.wgsd.server.Samples.NAMES;
import static io.wgsd.server.World.ask;
import static io.wgsd.server.World.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.dnssd.Zone;
import io.wgsd.testkit.memory.MemoryFaults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

@Timeout(60)
class RegistryTest {

    private static final Name ALICES_SERVICE = NAMES.instance(ALICE);

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theDevicesPeersAreAnsweredByUdpAndTcp() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started();

        assertThat(data(registry, ALICES_SERVICE, Type.A)).isEqualTo("203.0.113.1");
        assertThat(ask(registry, NAMES.services(), Type.PTR, true).getRcode()).isEqualTo(Rcode.NOERROR);
    }

    @Test
    void anEndpointThatChangesIsSeen() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started();

        world.setPeer(ALICE, AWAY);

        World.await(() -> data(registry, ALICES_SERVICE, Type.A).equals("198.51.100.7"));
    }

    @Test
    void beforeTheFirstReadingTheAnswerIsNotReady() throws Exception {
        try (MemoryFaults.Block hangs = world.wireGuard.faults().block()) {
            Registry registry = world.start();

            Message answer = askWithEdns(registry);

            assertThat(answer.getRcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(answer.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR))
                    .singleElement()
                    .satisfies(option -> assertThat(((ExtendedErrorCodeOption) option).getErrorCode())
                            .isEqualTo(ExtendedErrorCodeOption.NOT_READY));
            assertThat(registry.zone()).isEmpty();
        }
    }

    @Test
    void noAnswerWaitsForWireGuard() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started();

        try (MemoryFaults.Block hangs = world.wireGuard.faults().block()) {
            assertThat(hangs.awaitCallers(1, World.PATIENCE)).isTrue();
            assertThat(data(registry, ALICES_SERVICE, Type.A)).isEqualTo("203.0.113.1");
        }
    }

    @Test
    void whileTheDeviceIsGoneTheLastAnswersAreGiven() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started();

        world.wireGuard.remove("wg0");
        world.awaitEvent("failed: no device \"wg0\"");

        assertThat(data(registry, ALICES_SERVICE, Type.A)).isEqualTo("203.0.113.1");
        assertThat(registry.stats().lastError()).isPresent();
        assertThat(registry.stats().failedPolls()).isPositive();
    }

    @Test
    void aDeviceThatComesBackIsFollowed() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started();
        world.wireGuard.remove("wg0");
        world.awaitEvent("failed");

        world.wireGuard.create("wg0");
        world.setPeer(BOB, AWAY);

        World.await(() -> data(registry, NAMES.instance(BOB), Type.A).equals("198.51.100.7"));
        assertThat(ask(registry, ALICES_SERVICE, Type.SRV).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void theListenerIsCalledInOrder() throws Exception {
        Registry registry = world.start();
        assertThat(world.nextEvent()).isEqualTo("ready at 1");
        assertThat(world.nextEvent()).isEqualTo("first zone");
        long first = registry.zone().orElseThrow().serial();

        world.setPeer(ALICE, HOME);

        assertThat(world.nextEvent()).isEqualTo("zone after " + first);
    }

    @Test
    void aListenerThatFailsChangesNothing() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = world.start(world.builder().listener(new Registry.Listener() {
            @Override
            public void zoneChanged(Optional<Zone> previous, Zone current) {
                throw new IllegalStateException("a fault to survive, thrown by a test");
            }
        }));
        World.await(() -> registry.zone().isPresent());

        world.setPeer(ALICE, AWAY);

        World.await(() -> data(registry, ALICES_SERVICE, Type.A).equals("198.51.100.7"));
    }

    @Test
    void statsCountWhatBecameOfQueries() throws Exception {
        world.setPeer(ALICE, HOME);
        Registry registry = started();

        ask(registry, ALICES_SERVICE, Type.SRV);
        ask(registry, ALICES_SERVICE, Type.MX);
        ask(registry, NAMES.instance(BOB), Type.SRV);
        ask(registry, Samples.name("example.org"), Type.A);

        RegistryStats stats = registry.stats();
        assertThat(stats.queries()).isEqualTo(4);
        assertThat(stats.answered()).isEqualTo(1);
        assertThat(stats.noData()).isEqualTo(1);
        assertThat(stats.nameErrors()).isEqualTo(1);
        assertThat(stats.refused()).isEqualTo(1);
        assertThat(stats.dropped()).isZero();
        assertThat(stats.polls()).isPositive();
        assertThat(stats.snapshotAge().orElseThrow()).isLessThan(World.PATIENCE);
    }

    @Test
    void nothingRunsBeforeTheStartNorAfterTheEnd() throws Exception {
        RegistryBuilder builder = world.builder().udpThreads(3);
        assertThat(world.threads).isEmpty();

        Registry registry = world.start(builder);
        InetSocketAddress address = registry.localAddresses().get(0);
        assertThat(world.threads).hasSize(2 + 3).allMatch(Thread::isAlive);

        registry.close();
        registry.close();
        assertThat(world.threads).noneMatch(Thread::isAlive);
        assertThat(registry.localAddresses()).isEmpty();
        try (ServerSocket again = new ServerSocket()) {
            again.bind(address);
        }
    }

    @Test
    void aPollIntervalThatIsSetCounts() throws Exception {
        Registry seldom = world.start(world.builder().pollInterval(Duration.ofHours(1)));
        Registry often = world.start();

        World.await(() -> often.stats().polls() >= 10 && seldom.stats().polls() >= 1);

        assertThat(seldom.stats().polls()).isEqualTo(1);
    }

    @Test
    void aStartThatFailsLeavesNoThreadBehind() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            world.start(world.builder().listen((InetSocketAddress) other.getLocalSocketAddress())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the port is in use");
        }
        assertThat(world.threads).noneMatch(Thread::isAlive);
    }

    @Test
    void aDeviceThatIsNoInterfaceHasNoAddressesToListenAt() {
        assertThatThrownBy(() ->
                        Registry.builder(world.source, "nope0", Samples.OPTIONS).start())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen on the addresses of \"nope0\": this host has no such interface");
    }

    @Test
    void aNameIsNoListenAddress() {
        assertThatThrownBy(() -> world.builder().listen(InetSocketAddress.createUnresolved("localhost", 53)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("listen address must be numeric, was localhost");
    }

    private Registry started() throws Exception {
        Registry registry = world.start();
        world.awaitEvent("first zone");
        return registry;
    }

    private static Message askWithEdns(Registry registry) throws IOException {
        SimpleResolver resolver = new SimpleResolver(registry.localAddresses().get(0));
        resolver.setTimeout(World.PATIENCE);
        Message query = Message.newQuery(Record.newRecord(ALICES_SERVICE, Type.SRV, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        return resolver.send(query);
    }
}
