package io.wgsd.spi;

import static io.wgsd.spi.ScriptedSource.fails;
import static io.wgsd.spi.ScriptedSource.gives;
import static io.wgsd.spi.ScriptedSource.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.internal.Waiting;
import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.DeviceKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watcher ends only when it is closed, by any thread and in the middle of anything. */
// In a thread of its own, since closing a watcher cannot be interrupted.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeviceWatcherEndTest {

    private static final Device BARE = Device.builder("wg0", DeviceKind.KERNEL).build();
    private static final WireGuardException GONE =
            new NoSuchDeviceException(ErrorOrigin.of("scripted").device("wg0"), "it is gone");

    private final RecordingListener listener = new RecordingListener();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final CompletableFuture<Throwable> uncaught = new CompletableFuture<>();

    @Test
    void closingInterruptsTheReadingThatIsUnderWay() throws Exception {
        ScriptedSource source = new ScriptedSource();
        DeviceWatcher watcher = start(source, listener);
        assertThat(source.end().await(10, TimeUnit.SECONDS)).isTrue();
        watcher.close();
        assertThat(thread.get().isAlive()).isFalse();
        assertThat(listener.rest()).isEmpty();
    }

    @Test
    void closingEndsTheWaitBetweenReadings() throws Exception {
        DeviceWatcher watcher = start(new ScriptedSource(gives(BARE)), listener);
        listener.nextReading();
        watcher.close();
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void closingReportsNoReadingThatEndsAfterIt() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource(() -> {
            reading.countDown();
            awaitTheInterrupt();
            return BARE;
        });
        DeviceWatcher watcher = start(source, listener);
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        watcher.close();
        assertThat(listener.rest()).isEmpty();
    }

    @Test
    void closingWaitsForTheListenerAndDoesNotInterruptIt() throws Exception {
        BlockingListener blocking = new BlockingListener();
        DeviceWatcher watcher = start(new ScriptedSource(gives(BARE)), blocking);
        assertThat(blocking.entered.await(10, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(watcher::close);
        closer.start();
        Waiting.untilItWaits(closer);
        blocking.goOn.countDown();
        closer.join(10_000);
        assertThat(closer.isAlive()).isFalse();
        assertThat(thread.get().isAlive()).isFalse();
        assertThat(blocking.interrupted).isCompletedWithValue(false);
    }

    @Test
    void aListenerMayCloseItsWatcher() throws Exception {
        CompletableFuture<DeviceWatcher> itself = new CompletableFuture<>();
        ScriptedSource source = new ScriptedSource(gives(BARE), gives(BARE));
        itself.complete(start(source, new ClosingListener(itself)));
        thread.get().join(10_000);
        assertThat(thread.get().isAlive()).isFalse();
        assertThat(source.reused()).hasSize(1);
    }

    @Test
    void aListenerMayCloseItsWatcherWhenItReceivesAnError() throws Exception {
        CompletableFuture<DeviceWatcher> itself = new CompletableFuture<>();
        ScriptedSource source = new ScriptedSource(fails(GONE), gives(BARE));
        itself.complete(start(source, new ClosingListener(itself)));
        thread.get().join(10_000);
        assertThat(thread.get().isAlive()).isFalse();
        assertThat(source.reused()).hasSize(1);
    }

    @Test
    void mayBeClosedTwice() throws Exception {
        DeviceWatcher watcher = start(new ScriptedSource(gives(BARE)), listener);
        watcher.close();
        watcher.close();
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void isDeafToPollingOnceClosed() throws Exception {
        ScriptedSource source = new ScriptedSource(gives(BARE), gives(BARE));
        DeviceWatcher watcher = start(source, listener);
        listener.nextReading();
        watcher.close();
        watcher.poll();
        assertThat(source.reused()).hasSize(1);
    }

    @Test
    void aThreadThatIsInterruptedWhileItClosesStaysInterrupted() throws Exception {
        BlockingListener blocking = new BlockingListener();
        DeviceWatcher watcher = start(new ScriptedSource(gives(BARE)), blocking);
        assertThat(blocking.entered.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
        Thread closer = new Thread(() -> {
            watcher.close();
            stillInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        closer.start();
        Waiting.untilItWaits(closer);
        closer.interrupt();
        blocking.goOn.countDown();
        assertThat(stillInterrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.get().isAlive()).isFalse();
    }

    @Test
    void anInterruptFromElsewhereEndsOneReadingOnly() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource(waits(reading, new CountDownLatch(1), BARE), gives(BARE));
        try (DeviceWatcher watcher = start(source, listener)) {
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            thread.get().interrupt();
            assertThat(listener.nextFailure().error()).isInstanceOf(CancelledException.class);
            watcher.poll();
            assertThat(listener.nextReading().current()).isEqualTo(BARE);
        }
    }

    @Test
    void anInterruptFromElsewhereShortensNoWait() throws Exception {
        ScriptedSource source = new ScriptedSource(gives(BARE), gives(BARE));
        AtomicBoolean interrupted = new AtomicBoolean();
        CompletableFuture<Integer> readingsBeforeTheNextWait = new CompletableFuture<>();
        try (DeviceWatcher watcher = builder(source, listener)
                .timer((wake, nanos) -> {
                    if (interrupted.compareAndSet(false, true)) {
                        throw new InterruptedException();
                    }
                    readingsBeforeTheNextWait.complete(source.reused().size());
                    return 0;
                })
                .start()) {
            assertThat(readingsBeforeTheNextWait.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptThatAListenerLeavesBehindIsForgotten() throws Exception {
        DeviceWatcher.Listener careless = new DeviceWatcher.Listener() {
            @Override
            public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
                listener.read(previous, current, difference);
                Thread.currentThread().interrupt();
            }

            @Override
            public void failed(WireGuardException error, int failuresInARow) {
                listener.failed(error, failuresInARow);
            }
        };
        try (DeviceWatcher watcher = builder(new ScriptedSource(gives(BARE), gives(BARE)), careless)
                .timer((wake, nanos) -> 0)
                .start()) {
            listener.nextReading();
            assertThat(listener.nextReading().previous()).hasValue(BARE);
        }
    }

    @Test
    void aListenerThatThrowsIsReportedAndCalledAgain() throws Exception {
        AssertionError bug = new AssertionError("bug");
        DeviceWatcher.Listener broken = new DeviceWatcher.Listener() {
            @Override
            public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
                listener.read(previous, current, difference);
                throw bug;
            }

            @Override
            public void failed(WireGuardException error, int failuresInARow) {
                listener.failed(error, failuresInARow);
                throw bug;
            }
        };
        ScriptedSource source = new ScriptedSource(gives(BARE), fails(GONE), gives(BARE));
        try (DeviceWatcher watcher =
                builder(source, broken).timer((wake, nanos) -> 0).start()) {
            listener.nextReading();
            assertThat(listener.nextFailure().failuresInARow()).isEqualTo(1);
            assertThat(listener.nextReading().previous()).hasValue(BARE);
            assertThat(uncaught.get(10, TimeUnit.SECONDS)).isSameAs(bug);
        }
    }

    @Test
    void aSourceThatBreaksItsPromiseIsAnErrorLikeOthers() throws Exception {
        ScriptedSource source = new ScriptedSource(
                () -> {
                    throw new IllegalStateException("bug\nin it");
                },
                () -> {
                    throw new StackOverflowError();
                },
                gives(BARE));
        try (DeviceWatcher watcher =
                builder(source, listener).timer((wake, nanos) -> 0).start()) {
            assertThat(listener.nextFailure().error())
                    .isInstanceOf(UnavailableException.class)
                    .hasMessage("the backend \"" + ScriptedSource.class.getName() + "\" is unavailable: reading wg0"
                            + " failed: java.lang.IllegalStateException: bug\\nin it; report this to the authors of the"
                            + " backend");
            assertThat(listener.nextFailure().failuresInARow()).isEqualTo(2);
            assertThat(listener.nextReading().current()).isEqualTo(BARE);
        }
    }

    private DeviceWatcher start(PeerSource source, DeviceWatcher.Listener told) {
        return builder(source, told).interval(Duration.ofDays(1)).start();
    }

    private DeviceWatcher.Builder builder(PeerSource source, DeviceWatcher.Listener told) {
        return DeviceWatcher.builder(source, "wg0", told).threadFactory(task -> {
            Thread made = new Thread(task);
            made.setDaemon(true);
            made.setUncaughtExceptionHandler((where, e) -> uncaught.complete(e));
            thread.set(made);
            return made;
        });
    }

    private static void awaitTheInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the watcher on whatever it is told. */
    private record ClosingListener(CompletableFuture<DeviceWatcher> watcher) implements DeviceWatcher.Listener {

        @Override
        public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
            watcher.join().close();
        }

        @Override
        public void failed(WireGuardException error, int failuresInARow) {
            watcher.join().close();
        }
    }

    /** Stays in its first call until it may go on, and remembers whether it was interrupted meanwhile. */
    private static final class BlockingListener implements DeviceWatcher.Listener {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        @Override
        public void read(Optional<Device> previous, Device current, DeviceDifference difference) {
            entered.countDown();
            try {
                goOn.await();
                interrupted.complete(Thread.currentThread().isInterrupted());
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        }

        @Override
        public void failed(WireGuardException error, int failuresInARow) {
            throw new AssertionError(error);
        }
    }
}
