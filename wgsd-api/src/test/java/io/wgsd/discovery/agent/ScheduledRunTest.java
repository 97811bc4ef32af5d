package io.wgsd.discovery.agent;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.AgentEvent;
import io.wgsd.discovery.AgentStore;
import io.wgsd.discovery.Trigger;
import io.wgsd.discovery.registry.AnsweringChannel;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.model.Endpoint;
import io.wgsd.model.TimeSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an agent in virtual time does is tested in the test kit, by its simulated net. */
@Timeout(30)
class ScheduledRunTest {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final LiveDevice device = new LiveDevice(device(peer(ALICE, "", "10.0.0.3/32")));
    private final CountDownLatch up = new CountDownLatch(1);
    private final AtomicReference<Runnable> whenUp = new AtomicReference<>(() -> {});
    private final ScheduledRun run = new ScheduledRun(
            new AgentParts(
                    device,
                    "wg0",
                    List.of(new AnsweringChannel().advertise(ALICE, Endpoint.parse("203.0.113.1:1000"))),
                    Set.of(),
                    false,
                    true,
                    true,
                    new FakeRoutes(),
                    Trigger.none(),
                    AgentStore.inMemory(),
                    this::happened,
                    null,
                    TimeSource.system(),
                    7,
                    null,
                    List.of(),
                    Threads.daemons("test")),
            executor);

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    void itsStepsAreTasksOfTheExecutor() throws Exception {
        assertThat(run.statuses()).isEmpty();
        run.start();

        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();
        executor.submit(() -> {}).get();
        assertThat(run.statuses())
                .singleElement()
                .satisfies(peer -> assertThat(peer.publicKey()).isEqualTo(ALICE));
        run.close();
    }

    @Test
    void itRunsOnceAndNotAfterItIsClosed() {
        run.start();
        assertThatThrownBy(run::start).isInstanceOf(IllegalStateException.class).hasMessage("the agent runs already");
        run.close();
        run.close();
        assertThatThrownBy(run::start).isInstanceOf(IllegalStateException.class).hasMessage("the agent is closed");
    }

    @Test
    void aListenerMayCloseIt() throws Exception {
        whenUp.set(run::close);
        run.start();

        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();
        executor.submit(() -> {}).get();
        assertThat(executor.shutdownNow())
                .as("what is still due")
                .allMatch(task -> task instanceof Future<?> future && future.isCancelled());
    }

    @Test
    void shuttingTheExecutorDownStopsIt() throws Exception {
        run.start();
        assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();

        executor.shutdownNow();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        run.close();
    }

    private void happened(AgentEvent event) {
        if (event instanceof AgentEvent.DeviceUp) {
            whenUp.get().run();
            up.countDown();
        }
    }
}
