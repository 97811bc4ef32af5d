package io.wgsd.discovery.lookup;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A look-up whose result an executor delivers. The result always comes: from the look-up, or because it was cancelled.
 */
public final class AsyncCall {

    private AsyncCall() {}

    /**
     * Asks.
     *
     * @param action what is done, for messages
     * @return the result; ending it early, as by {@code cancel}, cancels the questions that it waits for
     */
    static <T> CompletableFuture<T> of(
            LookupContext context,
            Executor executor,
            String action,
            Function<LookupContext, CompletableFuture<T>> asking) {
        CancellableAsker questions = new CancellableAsker(context.asker());
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> unusedEnd = result.whenComplete((any, failure) -> questions.cancel());
        CompletableFuture<?> unusedDelivery = asking.apply(context.with(questions))
                .whenComplete((found, failure) -> {
                    try {
                        executor.execute(() -> end(result, found, failure));
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(LookupErrors.rejected(action, e));
                    }
                });
        return result;
    }

    private static <T> void end(CompletableFuture<T> result, T found, Throwable failure) {
        if (failure == null) {
            result.complete(found);
        } else {
            result.completeExceptionally(LookupErrors.unwrapped(failure));
        }
    }
}
