package io.wgsd.discovery.lookup;

import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.exchange.Request;
import io.wgsd.discovery.exchange.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** All questions of one call, which can be cancelled together: then those that still wait are not asked. */
final class CancellableAsker implements Asker {

    private final Asker asker;
    private final List<CompletableFuture<Response>> responses = new ArrayList<>();
    private boolean cancelled;

    CancellableAsker(Asker asker) {
        this.asker = asker;
    }

    @Override
    public CompletableFuture<Response> ask(Request request) {
        synchronized (responses) {
            if (!cancelled) {
                CompletableFuture<Response> response = asker.ask(request);
                responses.add(response);
                return response;
            }
        }
        return CompletableFuture.failedFuture(new CancellationException("the call is over"));
    }

    void cancel() {
        List<CompletableFuture<Response>> all;
        synchronized (responses) {
            cancelled = true;
            all = List.copyOf(responses);
        }
        all.forEach(response -> response.cancel(false));
    }
}
