package io.wgsd.examples.backend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wgsd.spi.DeviceSecrets;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.memory.MemoryWireGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An appliance on this host, whose WireGuard is one in memory. */
final class Appliance implements AutoCloseable {

    static final String TOKEN = "let-me-in";

    static {
        // Otherwise each answer after the first waits 40 ms for a delayed acknowledgement (ServerImpl, NODELAY).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final MemoryWireGuard wireGuard = MemoryWireGuard.of(InstantSource.system());
    // For as long as a hang lasts.
    private final PeerSource source =
            wireGuard.source(PeerSourceOptions.defaults().withTimeout(Duration.ofMinutes(5)));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Appliance() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/devices", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    MemoryWireGuard wireGuard() {
        return wireGuard;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        source.close();
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            byte[] answer = {};
            int status = 200;
            try {
                if (("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    answer = answer(exchange, request);
                } else {
                    status = 403;
                }
            } catch (NoSuchDeviceException e) {
                status = 404;
            } catch (RejectedException e) {
                status = 409;
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private byte[] answer(HttpExchange exchange, byte[] request) throws WireGuardException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (path.length == 2) {
            return ApplianceText.names(source.deviceNames());
        }
        String device = path[2];
        if (exchange.getRequestMethod().equals("POST")) {
            source.apply(device, ApplianceChanges.read(request));
            return new byte[0];
        }
        if (path.length == 4) {
            try (DeviceSecrets secrets = source.secrets(device)) {
                return ApplianceText.secrets(source.read(device), secrets);
            }
        }
        return ApplianceText.device(source.read(device));
    }
}
