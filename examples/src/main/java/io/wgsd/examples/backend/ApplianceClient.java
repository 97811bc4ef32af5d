package io.wgsd.examples.backend;

import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.Operation;
import io.wgsd.spi.TimedOutException;
import io.wgsd.spi.WireGuardException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the appliance. Each call ends at its deadline, with an interrupt of its thread, or when this is closed. */
final class ApplianceClient {

    /** Enough for a million peers. */
    private static final int MOST_BYTES = 512 * 1024 * 1024;

    private final URI appliance;
    private final String token;
    private final Duration timeout;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();

    ApplianceClient(URI appliance, String token, Duration timeout) {
        this.appliance = appliance;
        this.token = token;
        this.timeout = timeout;
    }

    /** Begins a call, which reports itself when it may not continue. */
    Operation begin(ErrorOrigin origin, String action) {
        return Operation.begin(origin, action, timeout, closing::isDone);
    }

    /** Returns the answer, for the caller to wipe. */
    byte[] get(Operation operation, String path) throws WireGuardException {
        return call(operation, request(path).GET().build());
    }

    void post(Operation operation, String path, WipedBytes body) throws WireGuardException {
        byte[] bytes = body.toArray();
        try {
            call(
                    operation,
                    request(path).POST(BodyPublishers.ofByteArray(bytes)).build());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    void close() {
        closing.complete(null);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(appliance.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private byte[] call(Operation operation, HttpRequest request) throws WireGuardException {
        operation.check();
        CompletableFuture<HttpResponse<byte[]>> answer =
                Shared.HTTP.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            CompletableFuture.anyOf(closing, answer).get(operation.remaining().toNanos(), TimeUnit.NANOSECONDS);
            operation.check();
            return Answers.body(operation, answer.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(operation.origin(), operation.action(), "its thread was interrupted", e);
        } catch (TimeoutException e) {
            throw new TimedOutException(operation.origin(), operation.action(), timeout);
        } catch (ExecutionException e) {
            throw Answers.failure(operation, e.getCause());
        } finally {
            // Closes the connection of a call that is given up; otherwise it does nothing.
            answer.cancel(true);
        }
    }

    /** One client for all sources, made with the first: on Java 17 a client's thread ends only when it is collected. */
    private static final class Shared {
        static final HttpClient HTTP =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
