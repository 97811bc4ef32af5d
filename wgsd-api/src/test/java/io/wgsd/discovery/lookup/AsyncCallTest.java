package io.wgsd.discovery.lookup;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.DiscoveryException.Kind;
import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.exchange.Request;
import io.wgsd.discovery.exchange.Response;
import io.wgsd.dnssd.Advertisement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A stage always ends, no matter what its executor does, and asks nothing after that. */
class AsyncCallTest {

    private final FakeAsker registry = new FakeAsker();

    @Test
    void whereTheExecutorRejectsTheStageFails() {
        Executor shutDown = task -> {
            throw new RejectedExecutionException("shut down");
        };
        assertThat(failure(lookup(registry, shutDown))).isInstanceOfSatisfying(DiscoveryException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
            assertThat(e).hasMessageContaining("the executor does not take its result");
        });
    }

    @Test
    void whereTheExecutorHasNoThreadLeftTheStageFails() {
        Executor exhausted = task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        assertThat(failure(lookup(registry, exhausted))).isInstanceOf(DiscoveryException.class);
    }

    @Test
    void toCancelRecallsWhatIsAsked() {
        List<CompletableFuture<Response>> asked = new ArrayList<>();
        CompletableFuture<?> stage = lookup(neverAnswering(asked), Runnable::run);
        assertThat(stage.cancel(true)).isTrue();
        assertThat(asked).singleElement().satisfies(answer -> assertThat(answer).isCancelled());
    }

    @Test
    void aTimeLimitOfTheCallersRecallsWhatIsAsked() {
        List<CompletableFuture<Response>> asked = new ArrayList<>();
        CompletableFuture<?> stage =
                lookup(neverAnswering(asked), Runnable::run).orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(stage).failsWithin(Duration.ofSeconds(10));
        assertThat(asked.get(0)).failsWithin(Duration.ofSeconds(10));
    }

    private static Asker neverAnswering(List<CompletableFuture<Response>> asked) {
        return new Asker() {
            @Override
            public CompletableFuture<Response> ask(Request request) {
                CompletableFuture<Response> never = new CompletableFuture<>();
                asked.add(never);
                return never;
            }
        };
    }

    private static CompletableFuture<Optional<Advertisement>> lookup(Asker asker, Executor executor) {
        LookupContext context = new LookupContext(asker, NAMES, server -> Optional.empty(), Duration.ofSeconds(5));
        return AsyncCall.of(context, executor, "looking up " + ALICE, each -> ServiceLookup.all(each, ALICE));
    }

    private static Throwable failure(CompletableFuture<?> stage) {
        try {
            return new AssertionError("it ended with " + stage.get(10, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            return e;
        }
    }
}
