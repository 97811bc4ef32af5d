package io.wgsd.portmap.pcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.TimeSource;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.MappingProtocol;
import io.wgsd.portmap.exchange.FakeRouter;
import io.wgsd.portmap.exchange.UdpExchange;
import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.protocol.MappingClient.Check;
import io.wgsd.portmap.protocol.Outcome;
import io.wgsd.portmap.protocol.Wish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client with a router on loopback that says the truth, or does not. */
class PcpClientTest {

    private static final int LIFETIME = 4;
    private static final int EPOCH = 8;
    private static final int NONCE = 24;
    private static final int PROTOCOL = 36;
    private static final int INTERNAL_PORT = 40;
    private static final int EXTERNAL_PORT = 42;
    private static final int EXTERNAL = 56;

    private final List<Held> kept = new ArrayList<>();
    private FakeRouter router;
    private PcpClient client;

    @BeforeEach
    void start() throws IOException {
        router = new FakeRouter(request -> List.of(answer(request)));
        client = new PcpClient(
                new UdpExchange(router.port(), TimeSource.system(), () -> false), TimeSource.system(), bytes -> {
                    Arrays.fill(bytes, (byte) 0xab);
                    return bytes;
                });
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aPortIsMapped() {
        Outcome outcome = map(Optional.empty());

        assertThat(outcome).isInstanceOf(Outcome.Granted.class);
        Outcome.Granted granted = (Outcome.Granted) outcome;
        assertThat(granted.external()).isEqualTo(Endpoint.parse("198.51.100.7:40000"));
        assertThat(granted.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(granted.held().key()).isEqualTo("ab".repeat(12));
        assertThat(granted.held().externalPort()).isEqualTo(40000);
    }

    @Test
    void theNonceIsKeptBeforeTheRouterIsAsked() {
        router.answer(request -> {
            assertThat(kept).hasSize(1);
            return List.of(answer(request));
        });

        assertThat(map(Optional.empty())).isInstanceOf(Outcome.Granted.class);
        assertThat(kept).extracting(Held::key).containsExactly("ab".repeat(12));
    }

    @Test
    void aRenewalHasTheNonceAndThePortFromBefore() throws InterruptedException {
        Held held = ((Outcome.Granted) map(Optional.empty())).held();
        router.request();
        Held before = new Held(held.protocol(), held.gateway(), 51820, 40000, "0123456789abcdef01234567", held.until());

        assertThat(map(Optional.of(before))).isInstanceOf(Outcome.Granted.class);
        ByteBuffer request = ByteBuffer.wrap(router.request());
        assertThat(request.getLong(NONCE)).isEqualTo(0x0123456789abcdefL);
        assertThat(request.getShort(EXTERNAL_PORT)).isEqualTo((short) 40000);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("a wrong nonce", changed(answer -> answer.put(NONCE, (byte) 0)), "does not answer"),
                Arguments.of("another protocol", changed(answer -> answer.put(PROTOCOL, (byte) 6)), "does not answer"),
                Arguments.of(
                        "another port",
                        changed(answer -> answer.putShort(INTERNAL_PORT, (short) 1)),
                        "does not answer"),
                Arguments.of("a lifetime of 0", changed(answer -> answer.putInt(LIFETIME, 0)), "for only 0 s"),
                Arguments.of("a short lifetime", changed(answer -> answer.putInt(LIFETIME, 9)), "for only 9 s"),
                Arguments.of(
                        "no external port",
                        changed(answer -> answer.putShort(EXTERNAL_PORT, (short) 0)),
                        "198.51.100.7 port 0, where nobody can send to"),
                Arguments.of(
                        "no external address",
                        changed(answer -> answer.putInt(EXTERNAL, 0)),
                        "0.0.0.0 port 40000, where nobody can send to"),
                Arguments.of(
                        "loopback",
                        changed(answer -> answer.putInt(EXTERNAL, 0x7f000001)),
                        "127.0.0.1 port 40000, where nobody can send to"),
                Arguments.of(
                        "an IPv6 address",
                        changed(answer -> answer.putLong(44, 0x20010db800000000L)),
                        "where nobody can send to"),
                Arguments.of(
                        "half of it",
                        (Function<byte[], List<byte[]>>) request -> List.of(Arrays.copyOf(answer(request), 40)),
                        "does not answer"),
                Arguments.of(
                        "a refusal",
                        (Function<byte[], List<byte[]>>) request -> List.of(changed(answer -> answer.put(3, (byte) 2))
                                .apply(request)
                                .get(0)),
                        "refuses: NOT_AUTHORIZED"),
                Arguments.of(
                        "the question",
                        (Function<byte[], List<byte[]>>) request -> List.of(request),
                        "does not answer"),
                Arguments.of(
                        "NAT-PMP alone",
                        (Function<byte[], List<byte[]>>)
                                request -> List.of(new byte[] {0, (byte) 0x81, 0, 1, 0, 0, 0, 9}),
                        "speaks another version, 0"),
                Arguments.of(
                        "a flood",
                        (Function<byte[], List<byte[]>>) request -> Collections.nCopies(80, new byte[24]),
                        "none of it is an answer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aRouterThatLiesMapsNothing(String lie, Function<byte[], List<byte[]>> answers, String why) {
        router.answer(answers);

        Outcome outcome = map(Optional.empty());

        assertThat(outcome).isNotInstanceOf(Outcome.Granted.class);
        assertThat(outcome.toString()).contains(why);
    }

    @Test
    void aLieIsPassedOverForTheTruthBehindIt() {
        router.answer(request -> List.of(
                changed(answer -> answer.put(NONCE, (byte) 0)).apply(request).get(0), answer(request)));

        assertThat(map(Optional.empty())).isInstanceOf(Outcome.Granted.class);
    }

    @Test
    void anEndlessLifetimeIsTakenForADay() {
        router.answer(changed(answer -> answer.putInt(LIFETIME, -1)));

        assertThat(((Outcome.Granted) map(Optional.empty())).lifetime()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aRouterIsLeftInPeaceForAsLongAsItSays() {
        router.answer(changed(answer -> answer.put(3, (byte) 8).putInt(LIFETIME, 300)));

        assertThat(map(Optional.empty()))
                .isEqualTo(new Outcome.Refused("it refuses: NO_RESOURCES", Duration.ofMinutes(5)));
    }

    @Test
    void aRestartedRouterIsRecognizedByItsEpoch() {
        Held held = ((Outcome.Granted) map(Optional.empty())).held();

        assertThat(client.check(held)).isEqualTo(Check.KEPT);
        router.answer(changed(answer -> answer.putInt(EPOCH, 3)));
        assertThat(client.check(held)).isEqualTo(Check.LOST);
        assertThat(client.check(held)).isEqualTo(Check.KEPT);
    }

    @Test
    void aSilentRouterIsNotTakenForARestartedOne() {
        Held held = ((Outcome.Granted) map(Optional.empty())).held();
        router.answer(request -> List.of());

        assertThat(client.check(held)).isEqualTo(Check.UNKNOWN);
    }

    @Test
    void aMappingIsReleasedWithItsNonce() throws InterruptedException {
        Held held = ((Outcome.Granted) map(Optional.empty())).held();
        router.request();

        assertThat(client.release(held)).isTrue();
        ByteBuffer request = ByteBuffer.wrap(router.request());
        assertThat(request.getInt(LIFETIME)).isZero();
        assertThat(request.get(NONCE)).isEqualTo((byte) 0xab);
        router.answer(request2 -> List.of());
        assertThat(client.release(held)).isFalse();
    }

    @Test
    void whetherItIsOfferedIsAskedWithoutMappingAnything() throws InterruptedException {
        assertThat(client.offer(FakeRouter.GATEWAY))
                .isEqualTo(new MappingOffer(MappingProtocol.PCP, true, Optional.empty(), "it answers: SUCCESS"));
        assertThat(router.request()).hasSize(24);
        router.close();
        assertThat(client.offer(FakeRouter.GATEWAY).offered()).isFalse();
    }

    private Outcome map(Optional<Held> held) {
        return client.map(new Wish(FakeRouter.GATEWAY, 51820, Duration.ofHours(2), held), kept::add);
    }

    private static Function<byte[], List<byte[]>> changed(Function<ByteBuffer, ByteBuffer> change) {
        return request -> List.of(change.apply(ByteBuffer.wrap(answer(request))).array());
    }

    /** What an honest router answers. */
    private static byte[] answer(byte[] request) {
        ByteBuffer answer = ByteBuffer.allocate(request.length).put(request);
        answer.put(1, (byte) (request[1] | 0x80)).put(3, (byte) 0);
        answer.putInt(EPOCH, 1000).putLong(12, 0).putInt(20, 0);
        if (request.length > NONCE) {
            answer.putShort(EXTERNAL_PORT, (short) 40000).putInt(EXTERNAL, 0xc6336407);
        }
        return answer.array();
    }
}
