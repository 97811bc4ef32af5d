package io.wgsd.server;

import static io.wgsd.server.Samples.ALICE;
import static io.wgsd.server.Samples.AWAY;
import static io.wgsd.server.Samples.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.Zone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener may do, and what is logged without one. */
// In a thread of its own, since closing a registry cannot be interrupted.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegistryListenerTest {

    private final World world = new World();
    private final AtomicReference<Registry> registry = new AtomicReference<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void itMayReconfigureAndCloseWhileAnotherThreadCloses() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        Thread closer = new Thread(() -> registry.get().close());
        startWith(() -> {
            closer.start();
            World.await(() -> closer.getState() == Thread.State.WAITING);
            reconfigure();
            registry.get().close();
            returned.countDown();
        });

        world.setPeer(ALICE, AWAY);

        assertThat(returned.await(World.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        closer.join();
        assertThat(world.threads).noneMatch(Thread::isAlive);
    }

    @Test
    void itMayCloseTheRegistryItself() throws Exception {
        startWith(() -> registry.get().close());

        world.setPeer(ALICE, AWAY);

        World.await(() -> world.threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void notifyingSecondariesEndsWithSettingsThatNameNone() throws Exception {
        RegistryBuilder builder = world.builder()
                .notifySecondary(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
                .listener(new Registry.Listener() {});
        registry.set(world.start(builder));

        reconfigure();
        registry.get().close();

        assertThat(world.threads).noneMatch(Thread::isAlive);
    }

    @Test
    void aClosedRegistryIsNotReconfigured() throws Exception {
        registry.set(world.start());
        registry.get().close();
        int threads = world.threads.size();

        registry.get()
                .reconfigure(
                        world.builder().notifySecondary(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)));

        assertThat(world.threads.subList(threads, world.threads.size())).noneMatch(Thread::isAlive);
    }

    @Test
    void laterChangesOfTheBuilderDoNotAffectTheRegistry() throws Exception {
        RegistryBuilder builder = world.builder();
        registry.set(world.start(builder));

        builder.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 53));

        reconfigure();
    }

    @Test
    void withoutOneADeviceThatIsNotThereIsLoggedOnce() throws Exception {
        RegistryBuilder builder = Registry.builder(world.source, "absent0", Samples.OPTIONS)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Registry started = world.start(builder);

        World.await(() -> started.stats().failedPolls() >= 3);

        assertThat(RecordedLog.warningsWith("\"absent0\""))
                .singleElement()
                .asString()
                .startsWith("no device \"absent0\"")
                .endsWith("; the last reading is served until it can be read again");
    }

    @Test
    void aListenerThatDoesNotHandleNoticesHasThemLogged() {
        new Registry.Listener() {}.problem("said by a test");

        assertThat(RecordedLog.warningsWith("said by a test")).hasSize(1);
    }

    @Test
    void threadsAreNamedAfterWhatTheyDo() throws Exception {
        Registry started = Registry.builder(world.source, "wg0", Samples.OPTIONS)
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .udpThreads(1)
                .notifySecondary(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
                .start();
        try (started) {
            Set<String> names = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .collect(Collectors.toSet());

            assertThat(names)
                    .contains(
                            "wgsd-registry-device", "wgsd-registry-udp-1", "wgsd-registry-tcp", "wgsd-registry-notify");
        }
    }

    /** Starts a registry whose listener does something when the zone changes for the first time. */
    private void startWith(Runnable onChange) throws Exception {
        world.setPeer(ALICE, HOME);
        CountDownLatch first = new CountDownLatch(1);
        registry.set(world.start(world.builder().listener(new Registry.Listener() {
            @Override
            public void zoneChanged(Optional<Zone> previous, Zone current) {
                if (previous.isPresent()) {
                    onChange.run();
                }
                first.countDown();
            }
        })));
        first.await();
    }

    private void reconfigure() {
        try {
            registry.get().reconfigure(world.builder());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
