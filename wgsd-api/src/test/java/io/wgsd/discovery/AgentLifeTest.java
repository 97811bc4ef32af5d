package io.wgsd.discovery;

import static io.wgsd.discovery.Samples.ALICE;
import static io.wgsd.discovery.Samples.NAMES;
import static io.wgsd.discovery.Samples.device;
import static io.wgsd.discovery.Samples.peer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.AgentEvent.Ended;
import io.wgsd.discovery.AgentEvent.StoreFailed;
import io.wgsd.discovery.agent.LiveDevice;
import io.wgsd.discovery.exchange.FakeAsker;
import io.wgsd.discovery.route.FakeRoutes;
import io.wgsd.internal.Threads;
import io.wgsd.internal.Waiting;
import io.wgsd.model.Device;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.ReadOptions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the thread of a {@link DiscoveryAgent} begins and ends, no matter what the code does that it calls. */
@Timeout(30)
class AgentLifeTest {

    private final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    private final LiveDevice device = new LiveDevice(device(peer(ALICE, "", "10.0.0.3/32")));

    @Test
    void aStoreThatThrowsAtTheStartIsReportedAndEndsNothing() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        AgentStore broken = new AgentStore() {
            @Override
            public Kept load() {
                throw new IllegalStateException("a store's fault");
            }

            @Override
            public void save(Kept value) {}
        };
        try (DiscoveryAgent agent =
                builder().store(broken).recorder(line -> looked.countDown()).start()) {
            assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(events).anyMatch(StoreFailed.class::isInstance);
        }
        assertThat(events).noneMatch(Ended.class::isInstance);
    }

    @Test
    void anErrorEndsItWithAnEvent() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        DiscoveryAgent agent = builder()
                .listener(event -> {
                    events.add(event);
                    if (event instanceof Ended) {
                        ended.countDown();
                    }
                })
                .threadFactory(AgentLifeTest::silent)
                .clock(() -> {
                    throw new OutOfMemoryError("as if");
                })
                .start();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Ended.class,
                        event -> assertThat(event.reason())
                                .contains("agent of wg0 has ended", "OutOfMemoryError", "start it again"));
        agent.close();
    }

    @Test
    void aThreadThatCannotBeStartedIsSaidAtOnceAndMayBeTriedAgain() {
        AtomicBoolean full = new AtomicBoolean(true);
        DiscoveryAgentBuilder builder =
                builder().threadFactory(task -> full.get() ? new ThreadThatCannotStart(task) : silent(task));
        assertThatThrownBy(builder::start).isInstanceOf(OutOfMemoryError.class);
        full.set(false);
        builder.start().close();
    }

    @Test
    void aFactoryThatMakesNoThreadIsNamed() {
        DiscoveryAgentBuilder builder = builder().threadFactory(task -> null);
        assertThatThrownBy(builder::start).hasMessageContaining("thread factory");
    }

    @Test
    void closingDoesNotInterruptAListener() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger interrupted = new AtomicInteger();
        DiscoveryAgent agent = builder()
                .listener(event -> {
                    told.countDown();
                    try {
                        closing.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                })
                .start();
        told.await();
        Thread closer = new Thread(agent::close);
        closer.start();
        Waiting.untilItWaits(closer);
        closing.countDown();
        closer.join();
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void closingEndsACallOfTheBackendThatBlocks() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        LiveDevice slow = new LiveDevice(device()) {
            @Override
            public Device read(String name, ReadOptions options) throws CancelledException {
                reading.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CancelledException(ErrorOrigin.of("test"), "reading", "the thread was interrupted", e);
                }
                throw new AssertionError("never");
            }
        };
        DiscoveryAgent agent = builder(slow).start();
        reading.await();
        agent.close();
    }

    @Test
    void aListenerMayCloseIt() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CompletableFuture<DiscoveryAgent> started = new CompletableFuture<>();
        DiscoveryAgent agent = builder()
                .listener(event -> {
                    started.join().close();
                    closed.countDown();
                })
                .start();
        started.complete(agent);
        closed.await();
        agent.close();
    }

    @Test
    void itsThreadIsNamedByTheDeviceAndANumber() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountDownLatch told = new CountDownLatch(1);
        try (DiscoveryAgent agent = builder()
                .listener(event -> {
                    names.add(Thread.currentThread().getName());
                    told.countDown();
                })
                .start()) {
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(names).containsExactly("wgsd-agent-wg0-1");
    }

    @Test
    void threadsOfOneKindHaveDifferentNames() {
        ThreadFactory factory = Threads.numberedDaemons("wgsd-agent-wg0-");
        Thread one = factory.newThread(() -> {});
        Thread other = factory.newThread(() -> {});
        assertThat(one.getName()).isNotEqualTo(other.getName());
        assertThat(one.isDaemon() && other.isDaemon()).isTrue();
    }

    private DiscoveryAgentBuilder builder() {
        return builder(device);
    }

    private DiscoveryAgentBuilder builder(LiveDevice of) {
        DiscoveryClient client = DiscoveryClient.builder(NAMES)
                .server(new InetSocketAddress("10.0.0.254", 53))
                .asker(new FakeAsker())
                .build();
        return DiscoveryAgent.builder(of, "wg0", client)
                .routes(new FakeRoutes())
                .trigger(Trigger.none())
                .listener(events::add);
    }

    private static Thread silent(Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((who, what) -> {});
        return thread;
    }

    private static final class ThreadThatCannotStart extends Thread {
        ThreadThatCannotStart(Runnable task) {
            super(task);
        }

        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread, as if");
        }
    }
}
