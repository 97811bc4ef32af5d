package io.wgsd.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Endpoint;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.noise.TestPeer;
import io.wgsd.relay.wire.Messages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay with real sockets and threads. */
class RelayTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final TestPeer relayKeys = new TestPeer(0);
    private final TestPeer alice = new TestPeer(1);
    private final TestPeer bob = new TestPeer(2);
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoMembersTalkThroughIt(boolean batched) throws Exception {
        try (Relay relay = builder().batchedUdp(batched).start();
                UdpPeer one = new UdpPeer(alice, relay);
                UdpPeer other = new UdpPeer(bob, relay)) {
            one.attach();
            other.attach();
            assertThat(relay.attached())
                    .containsEntry(alice.key(), Endpoint.parse("127.0.0.1:" + one.port()))
                    .containsEntry(bob.key(), Endpoint.parse("127.0.0.1:" + other.port()));

            one.send(alice.initiation(bob.key()));
            other.send(bob.respond(other.await(Messages.INITIATION)));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            other.await(bob::accepts);
            other.send(bob.data(1300));
            one.await(alice::accepts);

            assertThat(relay.stats().forwardedPackets()).isEqualTo(2);
            assertThat(relay.stats().forwardedBytes()).isEqualTo(32 + 1332);
            assertThat(relay.stats().forwardedHandshakes()).isEqualTo(2);
            assertThat(relay.stats().toRelay()).isEqualTo(4);
            assertThat(relay.stats().members()).isEqualTo(2);
            assertThat(relay.stats().attached()).isEqualTo(2);
            assertThat(relay.stats().routes()).isEqualTo(2);
            assertThat(relay.health().isOk()).isTrue();
        }
    }

    @Test
    void itsListenerLearnsWhereMembersAre() throws Exception {
        try (Relay relay = builder().listener(recording()).start();
                UdpPeer one = new UdpPeer(alice, relay);
                UdpPeer elsewhere = new UdpPeer(alice, relay)) {
            one.attach();
            elsewhere.send(alice.keepalive());
            elsewhere.await(alice::accepts);
            assertThat(events)
                    .containsExactly(
                            "attached " + alice.key() + " " + one.port(),
                            "moved " + alice.key() + " " + elsewhere.port());
        }
    }

    @Test
    void itSaysByWhichOfItsAddressesItHeardAMemberAndWhen() throws Exception {
        InetSocketAddress second = new InetSocketAddress("127.0.0.2", 0);
        long before = System.nanoTime();
        try (Relay relay = builder().listen(second).start();
                UdpPeer one = new UdpPeer(alice, relay)) {
            assertThat(relay.sightings()).isEmpty();
            one.attach();

            RelaySighting sighting = relay.sightings().get(0);
            assertThat(sighting.member()).isEqualTo(alice.key());
            assertThat(sighting.at())
                    .isEqualTo(Endpoint.of(relay.localAddresses().get(0)));
            assertThat(sighting.source()).isEqualTo(Endpoint.parse("127.0.0.1:" + one.port()));
            assertThat(sighting.nanos()).isBetween(before, System.nanoTime());

            try (UdpPeer other = new UdpPeer(alice, relay, "127.0.0.1", 1)) {
                other.send(alice.keepalive());
                other.await(alice::accepts);
                assertThat(relay.sightings()).singleElement().satisfies(later -> {
                    assertThat(later.at())
                            .isEqualTo(Endpoint.of(relay.localAddresses().get(1)));
                    assertThat(later.nanos()).isGreaterThan(sighting.nanos());
                });
            }
        }
    }

    @Test
    void aFormerMemberIsDetached() throws Exception {
        try (Relay relay = builder().listener(recording()).start();
                UdpPeer one = new UdpPeer(alice, relay);
                UdpPeer other = new UdpPeer(bob, relay)) {
            one.attach();
            relay.replaceMembers(RelayMembers.of(List.of(bob.key())));
            other.attach();
            assertThat(relay.attached()).containsOnlyKeys(bob.key());
            assertThat(relay.members().keys()).containsExactly(bob.key());
        }
    }

    @Test
    void afterARestartItAsksItsMembersWhereTheyAre() throws Exception {
        RelayStore store = RelayStore.inFile(folder.resolve("relay.state"));
        int port;
        int there;
        UdpPeer one;
        try (Relay relay = builder().store(store).start()) {
            one = new UdpPeer(alice, relay);
            one.attach();
            port = relay.localAddresses().get(0).getPort();
            there = one.port();
        }
        assertThat(store.load()).isPresent();
        try (Relay relay = Relay.builder(relayKeys.secretKey(), members())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .store(store)
                .start()) {
            UdpPeer again = one.towards(alice, relay);
            again.send(alice.respond(again.await(Messages.INITIATION)));
            again.await(alice::accepts);
            assertThat(relay.attached()).containsEntry(alice.key(), Endpoint.parse("127.0.0.1:" + there));
        }
        one.close();
    }

    @Test
    void aStateThatMakesNoSenseIsRefusedWithWhatToDo() throws Exception {
        Path file = folder.resolve("relay.state");
        Files.write(file, "nonsense\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> builder().store(RelayStore.inFile(file)).start())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the relay's state in " + file + " cannot be read: ")
                .hasMessageContaining("remove it");
    }

    @Test
    void aStateThatCannotBeSavedIsAProblemThatIsReported() throws Exception {
        RelayStore broken = new RelayStore() {
            @Override
            public Optional<byte[]> load() {
                return Optional.empty();
            }

            @Override
            public void save(byte[] state) throws IOException {
                throw new IOException("the disk is full");
            }
        };
        Relay relay = builder().store(broken).listener(recording()).start();
        try (UdpPeer one = new UdpPeer(alice, relay)) {
            one.attach();
        }
        relay.close();
        assertThat(relay.health().isRunning()).isFalse();
        assertThat(relay.health().problems()).singleElement().asString().endsWith("the disk is full");
        assertThat(events).filteredOn(each -> each.startsWith("problem")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressThatIsTakenIsNamed(boolean batched) throws Exception {
        try (Relay first = builder().start()) {
            InetSocketAddress taken = first.localAddresses().get(0);
            assertThatThrownBy(() -> builder().batchedUdp(batched).listen(taken).start())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(
                            "cannot listen at 127.0.0.1 port " + taken.getPort() + ": Address already in use");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneMemberByIpv4AndOneByIpv6(boolean batched) throws Exception {
        try (Relay relay = builder()
                        .batchedUdp(batched)
                        .listen(new InetSocketAddress("::1", 0))
                        .start();
                UdpPeer one = new UdpPeer(alice, relay);
                UdpPeer other = new UdpPeer(bob, relay, "::1", 1)) {
            one.attach();
            other.attach();
            assertThat(relay.attached().get(bob.key())).isEqualTo(Endpoint.parse("[::1]:" + other.port()));
            one.send(alice.initiation(bob.key()));
            other.send(bob.respond(other.await(Messages.INITIATION)));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            other.await(bob::accepts);
            other.send(bob.data(1300));
            one.await(alice::accepts);
        }
    }

    @Test
    void aBurstComesThroughWhole() throws Exception {
        try (Relay relay = builder().start();
                UdpPeer one = new UdpPeer(alice, relay);
                UdpPeer other = new UdpPeer(bob, relay)) {
            one.attach();
            other.attach();
            one.send(alice.initiation(bob.key()));
            other.send(bob.respond(other.await(Messages.INITIATION)));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            other.await(bob::accepts);
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 100; i++) {
                    one.send(alice.data(100 + i));
                }
                for (int i = 0; i < 100; i++) {
                    assertThat(other.await(bob::accepts)).hasSize(132 + i);
                }
            }
            assertThat(relay.stats().sendFailed()).isZero();
        }
    }

    @Test
    void aListenerThatThrowsEndsTheRelayWithAWord() throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Relay relay = builder()
                .listener(new RelayListener() {
                    @Override
                    public void attached(PublicKey member, Endpoint endpoint) {
                        throw new IllegalStateException("a listener's mistake");
                    }

                    @Override
                    public void ended(Throwable error) {
                        failures.add(error);
                    }
                })
                .start();
        try (UdpPeer one = new UdpPeer(alice, relay)) {
            one.send(alice.initiation(relay.publicKey()));
            one.send(alice.finish(one.await(Messages.RESPONSE)));
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (relay.health().isRunning() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }
        relay.close();
        assertThat(failures)
                .singleElement()
                .satisfies(error -> assertThat(error).hasMessage("a listener's mistake"));
        assertThat(relay.health().isRunning()).isFalse();
        assertThat(relay.health().fatalError()).contains(failures.element());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whereAThreadCannotBeMadeTheAddressIsFreeAgain(int madeBefore) throws Exception {
        InetSocketAddress free;
        try (Relay relay = builder().start()) {
            free = relay.localAddresses().get(0);
        }
        AtomicInteger made = new AtomicInteger();
        RelayBuilder broken = Relay.builder(relayKeys.secretKey(), members())
                .listen(free)
                .threadFactory(task -> made.getAndIncrement() < madeBefore ? new Thread(task) : null);
        assertThatThrownBy(broken::start).hasMessage("the thread factory makes no thread");

        Relay.builder(relayKeys.secretKey(), members()).listen(free).start().close();
    }

    @Test
    void aWrongSettingIsRefusedWithTheRightOne() {
        assertThatThrownBy(() -> Relay.builder(relayKeys.secretKey(), members()).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("call listen(address)");
        assertThatThrownBy(() -> builder().memberBytesPerSecond(9_999))
                .hasMessageContaining("must be 10000..10^12, were 9999");
        assertThatThrownBy(() -> builder().listen(InetSocketAddress.createUnresolved("relay.example.com", 1)))
                .hasMessageContaining("must be numeric");
    }

    private RelayMembers members() {
        return RelayMembers.of(List.of(alice.key(), bob.key()));
    }

    private RelayBuilder builder() {
        return Relay.builder(relayKeys.secretKey(), members()).listen(ANY_PORT);
    }

    private RelayListener recording() {
        return new RelayListener() {
            @Override
            public void attached(PublicKey member, Endpoint endpoint) {
                events.add("attached " + member + " " + endpoint.port());
            }

            @Override
            public void moved(PublicKey member, Endpoint endpoint) {
                events.add("moved " + member + " " + endpoint.port());
            }

            @Override
            public void detached(PublicKey member) {
                events.add("detached " + member);
            }

            @Override
            public void problem(String line) {
                events.add("problem " + line);
            }
        };
    }
}
