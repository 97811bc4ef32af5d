package io.wgsd.discovery.lookup;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.LookupResult.Absent;
import io.wgsd.discovery.LookupResult.Failed;
import io.wgsd.discovery.LookupResult.Found;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Look-ups of several peers side by side, of which one that fails is a result. */
public final class Batch {

    private final Map<PublicKey, CompletableFuture<LookupResult>> running = new TreeMap<>();

    private Batch() {}

    /** Begins to look each of the peers up, once. */
    public static Batch of(
            Collection<PublicKey> keys, Function<PublicKey, CompletableFuture<Optional<Advertisement>>> asking) {
        Batch batch = new Batch();
        for (PublicKey key : keys) {
            batch.running.computeIfAbsent(
                    key,
                    each -> asking.apply(each)
                            .<LookupResult>thenApply(
                                    found -> found.<LookupResult>map(Found::new).orElseGet(Absent::new))
                            .exceptionally(failure -> new Failed(LookupErrors.unwrapped(failure))));
        }
        return batch;
    }

    /** Lists the peers, then looks each of them up; only where there is no list at all the whole fails. */
    static CompletableFuture<BrowseResult> browse(LookupContext context) {
        Browser browser = new Browser(context);
        return browser.list().thenCompose(listing -> {
            Batch batch = of(listing.keys(), key -> browser.lookUp(key, listing));
            return batch.whole().thenApply(results -> browsed(listing, results));
        });
    }

    /** Returns what ends with the results of all. */
    public CompletableFuture<Map<PublicKey, LookupResult>> whole() {
        return CompletableFuture.allOf(running.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> soFar("looking up " + running.size() + " peers"));
    }

    /** Returns the results by now, where what is not there yet has come too late. */
    Map<PublicKey, LookupResult> soFar(String action) {
        Map<PublicKey, LookupResult> results = new TreeMap<>();
        running.forEach((key, result) ->
                results.put(key, result.isDone() ? result.join() : new Failed(LookupErrors.tooLate(action))));
        return Collections.unmodifiableMap(results);
    }

    static BrowseResult browsed(Browser.Listing listing, Map<PublicKey, LookupResult> results) {
        List<Advertisement> peers = new ArrayList<>();
        Map<PublicKey, DiscoveryException> failures = new TreeMap<>();
        results.forEach((key, result) -> {
            result.found().ifPresent(peers::add);
            if (result instanceof Failed failed) {
                failures.put(key, failed.cause());
            }
        });
        return new BrowseResult(peers, failures, listing.missing());
    }
}
