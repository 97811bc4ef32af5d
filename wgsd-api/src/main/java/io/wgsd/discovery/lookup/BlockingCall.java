package io.wgsd.discovery.lookup;

import io.wgsd.discovery.BrowseResult;
import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits in the caller's thread for a look-up, for a limited time, and cancels its questions when it stops waiting. */
public final class BlockingCall {

    private final CancellableAsker questions;
    private final LookupContext context;
    private final long end;
    private final String action;

    /**
     * Prepares a call.
     *
     * @param limit how long to wait at most, from now on
     * @param action what is done, for messages, as in "browsing example.com."
     */
    BlockingCall(LookupContext context, Duration limit, String action) {
        questions = new CancellableAsker(context.asker());
        this.context = context.with(questions);
        end = System.nanoTime() + limit.toNanos();
        this.action = action;
    }

    /** Waits for a stage, for as long as it takes. */
    public static <T> T await(CompletionStage<T> stage, String action) throws DiscoveryException {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException | CancellationException e) {
            throw LookupErrors.unwrapped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LookupErrors.interrupted(action);
        }
    }

    /** Waits for one result. */
    <T> T one(Function<LookupContext, CompletableFuture<T>> asking) throws DiscoveryException {
        T result = result(asking.apply(context));
        questions.cancel();
        return result;
    }

    /** Waits for the results of several peers; a result that has not come in time is a failure. */
    Map<PublicKey, LookupResult> each(
            Collection<PublicKey> keys,
            BiFunction<LookupContext, PublicKey, CompletableFuture<Optional<Advertisement>>> asking)
            throws DiscoveryException {
        Map<PublicKey, LookupResult> results = results(keys, key -> asking.apply(context, key));
        questions.cancel();
        return results;
    }

    /** Waits for the list of peers, then for each of them; fails only if there is no list at all. */
    BrowseResult browse() throws DiscoveryException {
        Browser browser = new Browser(context);
        Browser.Listing listing = result(browser.list());
        Map<PublicKey, LookupResult> results = results(listing.keys(), key -> browser.lookUp(key, listing));
        questions.cancel();
        return Batch.browsed(listing, results);
    }

    private <T> T result(CompletableFuture<T> asked) throws DiscoveryException {
        CompletableFuture<Outcome<T>> outcome = asked.handle(Outcome::new);
        await(outcome);
        Outcome<T> known = outcome.isDone() ? outcome.join() : new Outcome<>(null, LookupErrors.tooLate(action));
        if (known.result() == null) {
            questions.cancel();
            throw known.failure() == null ? LookupErrors.tooLate(action) : LookupErrors.unwrapped(known.failure());
        }
        return known.result();
    }

    private Map<PublicKey, LookupResult> results(
            Collection<PublicKey> keys, Function<PublicKey, CompletableFuture<Optional<Advertisement>>> asking)
            throws DiscoveryException {
        Batch batch = Batch.of(keys, asking);
        await(batch.whole());
        return batch.soFar(action);
    }

    private record Outcome<T>(@Nullable T result, @Nullable Throwable failure) {}

    private void await(CompletableFuture<?> all) throws DiscoveryException {
        try {
            all.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // The futures of the single results show which of them did not come.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            questions.cancel();
            throw LookupErrors.interrupted(action);
        }
    }
}
