package io.wgsd.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.wgsd.spi.MalformedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.UnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever answers, a call ends with the exception that fits, and what it was sent is not quoted. */
final class HostileApplianceTest {

    private static final String SECRET = "wBMJp41o/Bqo1xhfECrkVaGZo64LqzYzyNJ0iQv3HmU=";
    private static final String PEER = "peer dewhMla8VCh3iz3UG32C1Vyqo6SmnnJBT9OwCmFu6BY=\n";

    @TempDir
    Path directory;

    private HttpServer server;
    private int status = 200;
    private String body = "";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public-key x\n",
                "listen-port 65536\n",
                "firewall-mark -1\n",
                "endpoint 192.0.2.1:1\n",
                PEER + "endpoint example.com:1\n",
                PEER + "allowed-ip 10.0.0.0/33\n",
                PEER + "keepalive 65536\n",
                PEER + "statistics 1 2\n",
                PEER + "statistics 9223372036854775807 0 0\n",
                PEER + "statistics 0 -1 0\n",
                PEER + PEER,
            })
    void anAnswerThatIsNoDeviceIsMalformed(String answer) {
        body = answer;

        assertThatThrownBy(() -> read()).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "401, NotPermittedException",
        "403, NotPermittedException",
        "404, NoSuchDeviceException",
        "409, RejectedException",
        "503, UnavailableException",
        "500, MalformedException",
        "302, MalformedException"
    })
    void aStatusHasItsExceptionWhichQuotesNothing(int number, String exception) {
        status = number;
        body = SECRET;

        assertThatThrownBy(() -> read())
                .matches(e -> e.getClass().getSimpleName().equals(exception), "is a " + exception)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void secretsThatAreNoneAreNotQuoted() throws IOException {
        body = SECRET;

        try (PeerSource source = open()) {
            assertThatThrownBy(() -> source.secrets("wg0"))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void wordsThatAreNotKnownAreIgnored() throws IOException {
        body = "mtu 1420\n\n" + PEER + "name alice\n";

        try (PeerSource source = open()) {
            assertThat(source.read("wg0").peers()).hasSize(1);
        }
    }

    @Test
    void anApplianceThatIsNotThereIsUnavailable() {
        server.stop(0);

        assertThatThrownBy(() -> read()).isInstanceOf(UnavailableException.class);
    }

    private void read() throws IOException {
        try (PeerSource source = open()) {
            source.read("wg0");
        }
    }

    private PeerSource open() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "any");
        return new ApplianceProvider()
                .open(PeerSourceOptions.defaults()
                        .withSetting(
                                ApplianceProvider.URL,
                                "http://localhost:" + server.getAddress().getPort())
                        .withSetting(ApplianceProvider.TOKEN_FILE, token.toString()));
    }
}
