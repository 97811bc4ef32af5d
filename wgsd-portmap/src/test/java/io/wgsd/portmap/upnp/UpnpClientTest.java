package io.wgsd.portmap.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.TimeSource;
import io.wgsd.portmap.MappingOffer;
import io.wgsd.portmap.MappingProtocol;
import io.wgsd.portmap.protocol.Held;
import io.wgsd.portmap.protocol.MappingClient.Check;
import io.wgsd.portmap.protocol.Outcome;
import io.wgsd.portmap.protocol.Wish;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client with a router on loopback that keeps to the rules, or does not. */
class UpnpClientTest {

    private final List<Held> kept = new ArrayList<>();
    private FakeIgd router;
    private UpnpClient client;

    @BeforeEach
    void start() throws IOException {
        router = new FakeIgd();
        client = new UpnpClient(
                router.searchPort(),
                TimeSource.system(),
                bytes -> {
                    Arrays.fill(bytes, (byte) 1);
                    return bytes;
                },
                () -> false);
    }

    @AfterEach
    void stop() throws IOException {
        router.close();
    }

    @Test
    void aPortIsMappedForATimeAndThatIsVerified() {
        Outcome.Granted granted = (Outcome.Granted) map();

        assertThat(granted.external()).isEqualTo(Endpoint.parse("198.51.100.7:51820"));
        assertThat(granted.lifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(router.leases).containsEntry(51820, 7200L);
        assertThat(router.calls)
                .containsExactly("GetExternalIPAddress", "AddPortMapping 51820", "GetSpecificPortMappingEntry 51820");
        assertThat(kept)
                .singleElement()
                .satisfies(held -> assertThat(held.key())
                        .startsWith("urn:schemas-upnp-org:service:WANIPConnection:1@http://127.0.0.1:")
                        .endsWith("/control"));
    }

    @Test
    void anotherPortIsTakenWhereSomebodyHasThisOne() {
        router.taken = 51820;

        Outcome.Granted granted = (Outcome.Granted) map();

        assertThat(granted.external().port()).isNotEqualTo(51820).isGreaterThan(1023);
        assertThat(granted.held().externalPort()).isEqualTo(granted.external().port());
    }

    @Test
    void aRouterThatMapsWithoutAnEndOnlyIsNotAskedTo() {
        router.permanentOnly = true;

        assertThat(map().toString()).contains("it maps ports without an end only (error 725)");
        assertThat(router.leases).isEmpty();
    }

    @Test
    void aRouterThatIgnoresTheLifetimeHasItTakenBack() {
        router.ignoresLease = true;

        assertThat(map().toString()).contains("it maps ports without an end");
        assertThat(router.leases).isEmpty();
    }

    @Test
    void aRouterThatGivesThePortToAnotherHostMapsNothing() {
        router.client = "127.0.0.9";

        assertThat(map().toString()).contains("it gives the port to another host");
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                Arguments.of("a refusal", change(router -> router.error = 606), "no external address"),
                Arguments.of("no address", change(router -> router.external = "0.0.0.0"), "no external address"),
                Arguments.of("what is no address", change(router -> router.external = "<a/>"), "no external address"),
                Arguments.of(
                        "a description elsewhere",
                        change(router -> router.location = "http://127.0.0.2:1/root.xml"),
                        "does not answer a search"),
                Arguments.of(
                        "a name for an address",
                        change(router -> router.location = router.location.replace("127.0.0.1", "localhost")),
                        "does not answer a search"),
                Arguments.of(
                        "a service elsewhere",
                        change(router -> router.description = FakeIgd.description("http://127.0.0.2:1/control")),
                        "no service that maps ports"),
                Arguments.of("no XML", change(router -> router.description = "{}"), "it sends what is no XML document"),
                Arguments.of(
                        "a document type",
                        change(router ->
                                router.description = "<!DOCTYPE root [<!ENTITY a \"b\">]>" + "<root>&a;</root>"),
                        "it sends an XML document with a document type or an entity"),
                Arguments.of(
                        "too much",
                        change(router -> router.description = "<root>" + "<a/>".repeat(60_000) + "</root>"),
                        "it sends an HTTP response that is too long"),
                Arguments.of(
                        "no HTTP",
                        change(router -> router.instead(socket -> write(socket, "SSH-2.0-x\r\n\r\n"))),
                        "it sends what is no HTTP response"),
                Arguments.of(
                        "half of it",
                        change(router -> router.instead(
                                socket -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"))),
                        "it sends an HTTP response that is cut"),
                Arguments.of(
                        "no end",
                        change(router -> router.instead(UpnpClientTest::writeForEver)),
                        "it sends an HTTP response that is too long"),
                Arguments.of(
                        "a redirection",
                        change(router -> router.instead(socket ->
                                write(socket, "HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"))),
                        "status 302"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aRouterThatLiesMapsNothing(String lie, Change change, String why) {
        change.make(router);

        Outcome outcome = map();

        assertThat(outcome).isNotInstanceOf(Outcome.Granted.class);
        assertThat(outcome.toString()).contains(why);
        assertThat(router.leases).isEmpty();
    }

    @Test
    void anAnswerFromAnotherAddressIsNotHeard() {
        router.search().speakAsStranger();

        assertThat(map().toString()).contains("does not answer a search");
    }

    @Test
    void aRouterThatHasForgottenIsRecognized() {
        Held held = ((Outcome.Granted) map()).held();

        assertThat(client.check(held)).isEqualTo(Check.KEPT);
        router.external = "198.51.100.8";
        assertThat(client.check(held)).isEqualTo(Check.LOST);
        router.leases.clear();
        assertThat(client.check(held)).isEqualTo(Check.LOST);
        router.error = 501;
        assertThat(client.check(held)).isEqualTo(Check.UNKNOWN);
    }

    @Test
    void aRouterThatIsNotThereAnyMoreIsLookedForAgain() throws IOException {
        Held held = ((Outcome.Granted) map()).held();
        router.close();

        assertThat(client.check(held)).isEqualTo(Check.LOST);
        assertThat(client.release(held)).isFalse();
    }

    @Test
    void aMappingIsReleasedAndOneThatIsNotThereTakenForReleased() {
        Held held = ((Outcome.Granted) map()).held();

        assertThat(client.release(held)).isTrue();
        assertThat(router.leases).isEmpty();
        assertThat(client.release(held)).isTrue();
    }

    @Test
    void whatWasKeptLeadsNowhereButToTheRouter() {
        Held held = ((Outcome.Granted) map()).held();
        router.calls.clear();
        Held forged = new Held(
                held.protocol(),
                held.gateway(),
                held.internalPort(),
                held.externalPort(),
                held.key().replace("127.0.0.1", "127.0.0.2"),
                held.until());

        assertThat(client.release(forged)).isFalse();
        assertThat(router.calls).isEmpty();
    }

    @Test
    void whetherItIsOfferedIsAskedWithoutMappingAnything() {
        assertThat(client.offer(FakeIgd.GATEWAY))
                .isEqualTo(new MappingOffer(
                        MappingProtocol.UPNP,
                        true,
                        Optional.of(IpAddress.parse("198.51.100.7")),
                        "it has urn:schemas-upnp-org:service:WANIPConnection:1"));
        assertThat(router.calls).containsExactly("GetExternalIPAddress");
    }

    private Outcome map() {
        return client.map(new Wish(FakeIgd.GATEWAY, 51820, Duration.ofHours(2), Optional.empty()), kept::add);
    }

    /** What is done to a router before it is asked. */
    interface Change {
        void make(FakeIgd router);
    }

    private static Change change(Change change) {
        return change;
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The client has hung up.
        }
    }

    private static void writeForEver(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            // The client has hung up.
        }
    }
}
