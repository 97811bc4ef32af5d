package io.wgsd.command.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Serves a page for browsers, {@code /metrics}, {@code /health} and {@code /ready} on loopback, to read only. What
 * clients can take up is bounded: connections, threads, and the time for a request and for a response.
 */
public final class MonitoringServer implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int WAITING = 64;
    private static final int BACKLOG = 16;

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int MISDIRECTED = 421;
    private static final int UNAVAILABLE = 503;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final String EVENTS = "text/event-stream";

    /** Scripts and styles of this origin alone, and nothing that is written into the page. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Response FULL =
            new Response(UNAVAILABLE, TEXT, "There are as many streams as there may be; close a page, or wait.\n");

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Pages pages;
    private final LiveStatus status;
    private final EventStreams streams;

    private MonitoringServer(HttpServer server, ThreadPoolExecutor threads, Pages pages, LiveStatus status) {
        this.server = server;
        this.threads = threads;
        this.pages = pages;
        this.status = status;
        streams = new EventStreams(status);
    }

    private record Response(int status, String type, String body) {}

    /**
     * Begins to serve.
     *
     * @param address a loopback address
     * @param status what answers at the status socket
     * @throws IOException if it cannot be bound; in one line
     */
    public static MonitoringServer open(InetSocketAddress address, Pages pages, UnaryOperator<String> status)
            throws IOException {
        limit();
        HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen for --http at " + address.getAddress().getHostAddress() + ":" + address.getPort()
                            + ": " + e.getMessage() + "; give an address and a port that are free",
                    e);
        }
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), MonitoringServer::thread);
        threads.allowCoreThreadTimeOut(true);
        MonitoringServer monitoring =
                new MonitoringServer(server, threads, pages, new LiveStatus(status, System::nanoTime));
        server.createContext("/", monitoring::respond);
        server.setExecutor(threads);
        server.start();
        return monitoring;
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        streams.close();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Sets the limits of the JDK's server, which has no other way to take them; times are in seconds. */
    private static void limit() {
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        System.setProperty("sun.net.httpserver.maxReqHeaders", "64");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "8");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(WAITING));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wgsd-http");
        thread.setDaemon(true);
        return thread;
    }

    private void respond(HttpExchange exchange) throws IOException {
        Response response = response(exchange);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", POLICY);
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        if (response.type().equals(EVENTS) && streams.begin(exchange)) {
            return;
        }
        try (exchange) {
            send(exchange, response.type().equals(EVENTS) ? FULL : response);
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        if (response.status() == NOT_ALLOWED) {
            headers.set("Allow", "GET, HEAD");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(response.status(), -1);
        } else {
            exchange.sendResponseHeaders(response.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Response response(HttpExchange exchange) {
        Headers request = exchange.getRequestHeaders();
        List<String> hosts = request.getOrDefault("Host", List.of());
        if (hosts.size() != 1 || !LocalHost.isNamedBy(hosts.get(0))) {
            return new Response(MISDIRECTED, TEXT, "This is read at the address that --http names, as localhost.\n");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Response(NOT_ALLOWED, TEXT, "This can only be read, by GET.\n");
        }
        String path = exchange.getRequestURI().getPath();
        // A page elsewhere could read nothing, but it could take up the streams
        // (https://www.w3.org/TR/fetch-metadata/).
        if (!path.equals("/") && "cross-site".equals(request.getFirst("Sec-Fetch-Site"))) {
            return new Response(FORBIDDEN, TEXT, "This is not for pages of other sites.\n");
        }
        return switch (path) {
            case "/" -> content(Picture.page(status));
            case "/status.json" -> new Response(OK, "application/json", status.json() + "\n");
            case "/events" ->
                method.equals("GET")
                        ? new Response(OK, EVENTS, "")
                        : new Response(NOT_ALLOWED, TEXT, "This can only be read, by GET.\n");
            case "/metrics" -> metrics(request.getOrDefault("Accept", List.of()));
            case "/health" -> probe(pages.unhealthy());
            case "/ready" -> probe(pages.unready());
            default ->
                Picture.file(path)
                        .map(MonitoringServer::content)
                        .orElse(new Response(
                                NOT_FOUND,
                                TEXT,
                                "There are /, /status.json, /events, /metrics, /health and /ready.\n"));
        };
    }

    private static Response content(Picture.Content content) {
        return new Response(OK, content.type(), content.body());
    }

    private Response metrics(List<String> accept) {
        boolean openMetrics = Accepted.isOpenMetrics(String.join(",", accept));
        MetricsText text = new MetricsText(openMetrics);
        pages.metrics(text);
        return new Response(OK, openMetrics ? OPEN_METRICS : PROMETHEUS, text.end());
    }

    private static Response probe(List<String> wrong) {
        return wrong.isEmpty()
                ? new Response(OK, TEXT, "ok\n")
                : new Response(UNAVAILABLE, TEXT, String.join("\n", wrong) + "\n");
    }
}
