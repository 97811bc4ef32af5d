package io.wgsd.command.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.command.http.MetricsText.Subject;
import io.wgsd.micrometer.families.BuildFamilies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MonitoringServerTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<String> unhealthy = new ArrayList<>();
    private final List<String> unready = new ArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private MonitoringServer server;

    @BeforeEach
    void open() throws IOException {
        server = MonitoringServer.open(
                ANY_PORT,
                new Pages() {
                    @Override
                    public List<String> unhealthy() {
                        return unhealthy;
                    }

                    @Override
                    public List<String> unready() {
                        return unready;
                    }

                    @Override
                    public void metrics(MetricsText text) {
                        text.add(BuildFamilies.ALL, List.of(new Subject<>(Map.of("version", "1"), "1")));
                    }
                },
                line -> "well\n" + (line.equals("json") ? "{\"peers\":\"<&" + changes.get() + "\"}" : "wg0: <agent>")
                        + "\n");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void metricsAreInPrometheusFormatByDefault() throws IOException {
        assertThat(get("/metrics"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
                .contains("\nwgsd_build_info{version=\"1\"} 1\n")
                .doesNotContain("# EOF");
    }

    @Test
    void metricsAreInOpenMetricsWhereAskedFor() throws IOException {
        assertThat(request("GET /metrics HTTP/1.1", "Host: localhost", "Accept: application/openmetrics-text"))
                .containsIgnoringCase(
                        "\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n")
                .endsWith("# EOF\n");
    }

    @Test
    void aProbeSaysOkOrWhatIsWrong() throws IOException {
        assertThat(get("/health")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok\n");
        assertThat(get("/ready")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nok\n");

        unready.addAll(List.of("no device \"wg0\"", "not published"));

        assertThat(get("/health")).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(get("/ready")).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nno device \"wg0\"\nnot published\n");
    }

    @Test
    void aPageFromElsewhereReadsNothing() throws IOException {
        for (String host :
                List.of("Host: evil.example.com", "X-Host: localhost", "Host: localhost\r\nHost: localhost")) {
            assertThat(request("GET /metrics HTTP/1.1", host))
                    .as(host)
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("wgsd_build_info");
        }
    }

    @Test
    void itIsReadOnly() throws IOException {
        assertThat(request("POST /metrics HTTP/1.1", "Host: localhost", "Content-Length: 0"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("\r\nAllow: GET, HEAD\r\n");
        assertThat(request("HEAD /metrics HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void whatThereIsNotIsNotFound() throws IOException {
        for (String path : List.of("/nosuch", "/index.html", "/metrics/", "/metrics/x", "/../etc/passwd", "/%00")) {
            assertThat(get(path)).as(path).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void clientsThatSayNothingDoNotKeepOthersOut() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = connect();
                socket.getOutputStream().write("GET /metr".getBytes(US_ASCII));
                silent.add(socket);
            }
            for (Socket socket : silent.subList(0, 150)) {
                socket.close();
            }

            assertThat(getOnceThereIsRoom("/health")).startsWith("HTTP/1.1 200 OK\r\n");
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void thePageHasItsScriptsAndStylesFromHereAlone() throws IOException {
        String page = get("/");

        assertThat(page)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';")
                .containsIgnoringCase("\r\nContent-Type: text/html; charset=utf-8\r\n")
                .contains("<noscript><pre>wg0: &lt;agent&gt;</pre></noscript>")
                .doesNotContain("http://", "https://");
        Matcher file = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page);
        List<String> files = new ArrayList<>(List.of("model.js", "drawing.js", "detail.js"));
        while (file.find()) {
            files.add(file.group(1));
        }
        assertThat(files)
                .hasSize(6)
                .allSatisfy(each -> assertThat(get("/" + each)).startsWith("HTTP/1.1 200 OK\r\n"));
    }

    @Test
    void theStatusIsOneDocument() throws IOException {
        assertThat(get("/status.json"))
                .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
                .endsWith("\r\n\r\n[{\"peers\":\"<&0\"}]\n");
    }

    @Test
    void aChangeIsSentWhenItHappens() throws IOException {
        try (Socket socket = connect()) {
            BufferedReader events = stream(socket);
            assertThat(data(events)).isEqualTo("data: [{\"peers\":\"<&0\"}]");

            changes.incrementAndGet();

            assertThat(data(events)).isEqualTo("data: [{\"peers\":\"<&1\"}]");
        }
    }

    @Test
    void streamsAreBoundedAndKeepNobodyElseOut() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = connect();
                open.add(socket);
                data(stream(socket));
            }

            assertThat(get("/events")).startsWith("HTTP/1.1 503 ");
            assertThat(get("/health")).startsWith("HTTP/1.1 200 OK\r\n");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void aPageOfAnotherSiteBeginsNoStream() throws IOException {
        assertThat(request("GET /events HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ");
    }

    private static BufferedReader stream(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    private static String data(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = events.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> MonitoringServer.open(server.address(), null, line -> ""))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot listen for --http at 127.0.0.1:")
                .hasMessageEndingWith("give an address and a port that are free");
    }

    /** The server closes connections beyond its limit until it has seen that others are closed. */
    private String getOnceThereIsRoom(String path) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return get(path);
            } catch (SocketException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    private String get(String path) throws IOException {
        return request(
                "GET " + path + " HTTP/1.1",
                "Host: localhost:" + server.address().getPort());
    }

    /** Returns all that comes back. */
    private String request(String... lines) throws IOException {
        try (Socket socket = connect()) {
            String text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    }
}
