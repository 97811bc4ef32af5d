package io.wgsd.command.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.SigningAlgorithm;
import io.wgsd.dnssd.SigningKey;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.dnssd.push.DsoMessage;
import io.wgsd.members.Member;
import io.wgsd.members.MembersSigner;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.Network;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.server.Registry;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/** The members' zone of a registry, which says itself over loopback when it has changed. */
@Timeout(60)
class ZoneSubscriptionTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final Duration SELDOM = Duration.ofHours(1);
    private static final SigningKey OWNER =
            SigningKey.generate(MembersZone.names(NAMES), SigningAlgorithm.ED25519, Instant.now());

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    private final PeerSource source = wireGuard.source();
    private final Semaphore news = new Semaphore(0);
    private Registry registry;

    @BeforeEach
    void start() throws IOException {
        wireGuard.create("wg0");
        registry = Registry.builder(
                        source,
                        "wg0",
                        ZoneOptions.builder(NAMES).members(List.of(OWNER.ds())).build())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .pollInterval(Duration.ofMillis(20))
                .start();
        Await.until("the first zone", () -> registry.zone().isPresent());
    }

    @AfterEach
    void stop() {
        registry.close();
        source.close();
    }

    @Test
    void aFollowerHasTheNextListThoughItAsksSeldom() throws Exception {
        VerifiedNetwork first = signed(List.of(), 1);
        registry.serveMembers(first);
        BlockingQueue<Set<Record>> contents = new LinkedBlockingQueue<>();
        try (ZoneFollower follower = ZoneFollower.start(
                server(registry.localAddresses().get(0)), each -> true, 1000, SELDOM, new ZoneFollower.Listener() {
                    @Override
                    public void changed(Set<Record> records) {
                        contents.add(new LinkedHashSet<>(records));
                    }

                    @Override
                    public void failed(String problem) {}
                })) {
            follower.subscribe();
            assertThat(serial(contents)).isEqualTo(first.serial());

            VerifiedNetwork second = signed(first.records(), 2);
            registry.serveMembers(second);

            assertThat(serial(contents)).isEqualTo(second.serial());
            assertThat(registry.stats().transfers()).isOne();
        }
    }

    @Test
    void itSaysWhenNothingIsToldAnyMore() throws Exception {
        registry.serveMembers(signed(List.of(), 1));
        try (ZoneSubscription subscription =
                ZoneSubscription.start(server(registry.localAddresses().get(0)), news::release)) {
            assertThat(news.tryAcquire(20, TimeUnit.SECONDS))
                    .as("what there is at first")
                    .isTrue();
            assertThat(subscription.isConfirmed()).isTrue();

            registry.close();

            assertThat(news.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            assertThat(subscription.isConfirmed()).isFalse();
        }
    }

    @Test
    void aServerThatDoesNotPushIsLeftAlone() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ZoneSubscription subscription = ZoneSubscription.start(
                        server(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort())),
                        news::release);
                Socket client = listener.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DsoMessage asked = DsoMessage.parse(in.readNBytes(in.readUnsignedShort()));
            byte[] answer = asked.respond(Rcode.NOTIMP).encode();

            client.getOutputStream().write(new byte[] {0, (byte) answer.length});
            client.getOutputStream().write(answer);

            assertThat(in.read()).as("it closes the connection").isNegative();
            assertThat(subscription.isConfirmed()).isFalse();
            assertThat(news.availablePermits()).isZero();
        }
    }

    @Test
    void aServerThatEndsInTheMiddleOfAMessageIsAskedAgainSoon() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ZoneSubscription subscription = ZoneSubscription.start(
                        server(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort())),
                        news::release)) {
            listener.setSoTimeout(20_000);
            try (Socket client = listener.accept()) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                in.readFully(new byte[in.readUnsignedShort()]);
                client.getOutputStream().write(new byte[] {0, 100, 0, 1});
            }

            listener.accept().close();

            assertThat(subscription.isConfirmed()).isFalse();
        }
    }

    private static ZoneServer server(InetSocketAddress address) {
        return new ZoneServer(
                MembersZone.names(NAMES).origin(), "the registry", () -> address, Optional.empty(), "let it");
    }

    private static long serial(BlockingQueue<Set<Record>> contents) throws InterruptedException {
        Set<Record> records = contents.poll(20, TimeUnit.SECONDS);
        assertThat(records).isNotNull();
        return records.stream()
                .filter(SOARecord.class::isInstance)
                .map(record -> ((SOARecord) record).getSerial())
                .findFirst()
                .orElseThrow();
    }

    private static VerifiedNetwork signed(List<Record> before, int members) throws UnfitZoneException {
        Network network = Network.of(
                NAMES,
                List.of(),
                IntStream.rangeClosed(1, members)
                        .mapToObj(i -> Member.builder(key(i), "m" + i)
                                .allowedIp(IpPrefix.parse("10.0.0." + i + "/32"))
                                .build())
                        .toList());
        return new MembersVerifier(NAMES, List.of(OWNER.ds()))
                .verify(new MembersSigner(List.of(OWNER), MembersSigner.VALIDITY).sign(network, before, Instant.now()));
    }

    private static PublicKey key(int number) {
        byte[] key = new byte[PublicKey.LENGTH];
        key[0] = (byte) number;
        return PublicKey.of(key);
    }
}
