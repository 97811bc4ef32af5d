package io.wgsd.portmap.natpmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
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
class NatPmpClientTest {

    private static final int EPOCH = 4;
    private static final int ADDRESS = 8;
    private static final int INTERNAL_PORT = 8;
    private static final int EXTERNAL_PORT = 10;
    private static final int LIFETIME = 12;

    private final List<Held> kept = new ArrayList<>();
    private FakeRouter router;
    private NatPmpClient client;

    @BeforeEach
    void start() throws IOException {
        router = new FakeRouter(request -> List.of(answer(request)));
        client =
                new NatPmpClient(new UdpExchange(router.port(), TimeSource.system(), () -> false), TimeSource.system());
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aPortIsMapped() {
        Outcome.Granted granted = (Outcome.Granted) map();

        assertThat(granted.external()).isEqualTo(Endpoint.parse("198.51.100.7:40000"));
        assertThat(granted.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(granted.held().externalPort()).isEqualTo(40000);
        assertThat(kept).hasSize(1);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of(
                        "another port", mapping(answer -> answer.putShort(INTERNAL_PORT, (short) 1)), "not answer"),
                Arguments.of("a lifetime of 0", mapping(answer -> answer.putInt(LIFETIME, 0)), "for only 0 s"),
                Arguments.of(
                        "no external port",
                        mapping(answer -> answer.putShort(EXTERNAL_PORT, (short) 0)),
                        "port 0, where nobody can send to"),
                Arguments.of(
                        "no external address",
                        address(answer -> answer.putInt(ADDRESS, 0)),
                        "0.0.0.0 port 40000, where nobody can send to"),
                Arguments.of("a refusal", mapping(answer -> answer.putShort(2, (short) 2)), "refuses: not authorized"),
                Arguments.of(
                        "no address", address(answer -> answer.putShort(2, (short) 3)), "refuses: network failure"),
                Arguments.of("PCP alone", address(answer -> answer.put(0, (byte) 2)), "another version, 2"),
                Arguments.of(
                        "half of it",
                        (Function<byte[], List<byte[]>>) request -> List.of(Arrays.copyOf(answer(request), 10)),
                        "not answer"),
                Arguments.of(
                        "a flood",
                        (Function<byte[], List<byte[]>>) request -> Collections.nCopies(80, new byte[12]),
                        "none of it is an answer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aRouterThatLiesMapsNothing(String lie, Function<byte[], List<byte[]>> answers, String why) {
        router.answer(answers);

        Outcome outcome = map();

        assertThat(outcome).isNotInstanceOf(Outcome.Granted.class);
        assertThat(outcome.toString()).contains(why);
    }

    @Test
    void anEndlessLifetimeIsTakenForADay() {
        router.answer(mapping(answer -> answer.putInt(LIFETIME, -1)));

        assertThat(((Outcome.Granted) map()).lifetime()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aRestartedRouterIsRecognizedByItsEpochAndAnotherAddressToo() {
        Held held = ((Outcome.Granted) map()).held();

        assertThat(client.check(held)).isEqualTo(Check.KEPT);
        router.answer(address(answer -> answer.putInt(EPOCH, 3)));
        assertThat(client.check(held)).isEqualTo(Check.LOST);
        router.answer(address(answer -> answer.putInt(EPOCH, 3).putInt(ADDRESS, 0xc6336408)));
        assertThat(client.check(held)).isEqualTo(Check.LOST);
        assertThat(client.check(held)).isEqualTo(Check.KEPT);
        router.answer(request -> List.of());
        assertThat(client.check(held)).isEqualTo(Check.UNKNOWN);
    }

    @Test
    void aMappingIsReleasedByALifetimeOfZero() throws InterruptedException {
        Held held = ((Outcome.Granted) map()).held();
        router.request();
        router.request();

        assertThat(client.release(held)).isTrue();
        assertThat(router.request()).isEqualTo(NatPmpMessages.map(51820, 0, 0));
    }

    @Test
    void whetherItIsOfferedIsAskedWithoutMappingAnything() throws InterruptedException {
        assertThat(client.offer(FakeRouter.GATEWAY))
                .isEqualTo(new MappingOffer(
                        MappingProtocol.NAT_PMP,
                        true,
                        Optional.of(IpAddress.parse("198.51.100.7")),
                        "it answers: success"));
        assertThat(router.request()).isEqualTo(NatPmpMessages.address());
    }

    private Outcome map() {
        return client.map(new Wish(FakeRouter.GATEWAY, 51820, Duration.ofHours(2), Optional.empty()), kept::add);
    }

    private static Function<byte[], List<byte[]>> mapping(Function<ByteBuffer, ByteBuffer> change) {
        return changed(NatPmpMessages.MAP_UDP, change);
    }

    private static Function<byte[], List<byte[]>> address(Function<ByteBuffer, ByteBuffer> change) {
        return changed(NatPmpMessages.ADDRESS, change);
    }

    private static Function<byte[], List<byte[]>> changed(int operation, Function<ByteBuffer, ByteBuffer> change) {
        return request -> List.of(
                request[1] == operation
                        ? change.apply(ByteBuffer.wrap(answer(request))).array()
                        : answer(request));
    }

    /** What an honest router answers. */
    private static byte[] answer(byte[] request) {
        boolean address = request[1] == NatPmpMessages.ADDRESS;
        ByteBuffer answer = ByteBuffer.allocate(address ? 12 : 16);
        answer.put(1, (byte) (request[1] | 0x80)).putInt(EPOCH, 1000);
        if (address) {
            answer.putInt(ADDRESS, 0xc6336407);
        } else {
            ByteBuffer asked = ByteBuffer.wrap(request);
            answer.putShort(INTERNAL_PORT, asked.getShort(4))
                    .putShort(EXTERNAL_PORT, (short) 40000)
                    .putInt(LIFETIME, asked.getInt(8));
        }
        return answer.array();
    }
}
