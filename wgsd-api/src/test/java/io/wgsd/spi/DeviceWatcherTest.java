package io.wgsd.spi;

import static io.wgsd.spi.ScriptedSource.fails;
import static io.wgsd.spi.ScriptedSource.gives;
import static io.wgsd.spi.ScriptedSource.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import io.wgsd.model.DeviceDifference;
import io.wgsd.model.DeviceKind;
import io.wgsd.model.FormatException;
import io.wgsd.model.Peer;
import io.wgsd.model.WgKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watcher tells, and when it reads. */
// In a thread of its own, since closing a watcher cannot be interrupted.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeviceWatcherTest {

    private static final Peer ALICE = Peer.builder(WgKeys.ALICE.publicKey()).build();
    private static final Device BARE = Device.builder("wg0", DeviceKind.KERNEL).build();
    private static final Device WITH_ALICE =
            Device.builder("wg0", DeviceKind.KERNEL).peer(ALICE).build();
    private static final WireGuardException GONE =
            new NoSuchDeviceException(ErrorOrigin.of("scripted").device("wg0"), "it is gone");

    private final RecordingListener listener = new RecordingListener();
    private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

    @Test
    void reportsAllOfTheFirstReadingAsNew() throws Exception {
        try (DeviceWatcher watcher = inVirtualTime(gives(WITH_ALICE))) {
            assertThat(listener.nextReading())
                    .isEqualTo(new RecordingListener.Reading(
                            Optional.empty(),
                            WITH_ALICE,
                            new DeviceDifference(true, List.of(ALICE), List.of(), List.of())));
        }
    }

    @Test
    void findsSomethingNewInTheFirstReadingOfABareDevice() throws Exception {
        try (DeviceWatcher watcher = inVirtualTime(gives(BARE))) {
            assertThat(listener.nextReading().difference().isEmpty()).isFalse();
        }
    }

    @Test
    void reportsWhatChangedSinceTheReadingBefore() throws Exception {
        try (DeviceWatcher watcher = inVirtualTime(gives(BARE), gives(WITH_ALICE))) {
            listener.nextReading();
            assertThat(listener.nextReading())
                    .isEqualTo(new RecordingListener.Reading(
                            Optional.of(BARE),
                            WITH_ALICE,
                            new DeviceDifference(false, List.of(ALICE), List.of(), List.of())));
        }
    }

    @Test
    void reportsAReadingInWhichNothingChanged() throws Exception {
        try (DeviceWatcher watcher = inVirtualTime(gives(BARE), gives(BARE))) {
            listener.nextReading();
            assertThat(listener.nextReading().difference().isEmpty()).isTrue();
        }
    }

    @Test
    void letsTheSourceReuseTheReadingBefore() throws Exception {
        ScriptedSource source = new ScriptedSource(gives(BARE), fails(GONE), gives(WITH_ALICE));
        try (DeviceWatcher watcher = inVirtualTime(source)) {
            assertThat(source.end().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(source.reused())
                    .containsExactly(Optional.empty(), Optional.of(BARE), Optional.of(BARE), Optional.of(WITH_ALICE));
        }
    }

    @Test
    void countsFailuresInARowAndReportsWhyEachFailed() throws Exception {
        try (DeviceWatcher watcher = inVirtualTime(fails(GONE), fails(GONE), gives(BARE), fails(GONE))) {
            assertThat(listener.nextFailure()).isEqualTo(new RecordingListener.Failure(GONE, 1));
            assertThat(listener.nextFailure()).isEqualTo(new RecordingListener.Failure(GONE, 2));
            listener.nextReading();
            assertThat(listener.nextFailure()).isEqualTo(new RecordingListener.Failure(GONE, 1));
        }
    }

    @Test
    void comparesWithTheLastReadingThoughErrorsCameBetween() throws Exception {
        try (DeviceWatcher watcher = inVirtualTime(gives(BARE), fails(GONE), gives(WITH_ALICE))) {
            listener.nextReading();
            listener.nextFailure();
            assertThat(listener.nextReading().previous()).hasValue(BARE);
        }
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureAndAsUsualAfterSuccess() throws Exception {
        ScriptedSource source = new ScriptedSource(
                gives(BARE), fails(GONE), fails(GONE), fails(GONE), fails(GONE), gives(BARE), fails(GONE));
        try (DeviceWatcher watcher = inVirtualTime(source)) {
            assertThat(source.end().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(waits)
                    .extracting(Duration::toMillis)
                    .containsExactly(250L, 500L, 1000L, 2000L, 3000L, 250L, 500L);
        }
    }

    @Test
    void readsAgainAtOnceWhenAsked() throws Exception {
        try (DeviceWatcher watcher = watcher(new ScriptedSource(gives(BARE), gives(WITH_ALICE)))
                .interval(Duration.ofDays(1))
                .start()) {
            listener.nextReading();
            watcher.poll();
            assertThat(listener.nextReading().current()).isEqualTo(WITH_ALICE);
        }
    }

    @Test
    void readsOnceMoreForEachTimeItIsAskedAndThenWaitsAgain() throws Exception {
        BlockingQueue<Long> waiting = new LinkedBlockingQueue<>();
        ScriptedSource source = new ScriptedSource(gives(BARE), gives(BARE), gives(BARE));
        try (DeviceWatcher watcher = watcher(source)
                .interval(Duration.ofDays(1))
                .timer((wake, nanos) -> {
                    waiting.add(nanos);
                    return wake.awaitNanos(nanos);
                })
                .start()) {
            assertThat(waiting.poll(10, TimeUnit.SECONDS)).isNotNull();
            watcher.poll();
            assertThat(waiting.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(source.reused()).hasSize(2);
        }
    }

    @Test
    void readsAgainAtOnceWhenAskedAfterAnError() throws Exception {
        try (DeviceWatcher watcher = watcher(new ScriptedSource(fails(GONE), gives(BARE)))
                .interval(Duration.ofDays(1))
                .start()) {
            listener.nextFailure();
            watcher.poll();
            assertThat(listener.nextReading().current()).isEqualTo(BARE);
        }
    }

    @Test
    void readsAgainWhenAskedDuringAReading() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ScriptedSource source = new ScriptedSource(waits(reading, goOn, BARE), gives(WITH_ALICE));
        try (DeviceWatcher watcher =
                watcher(source).interval(Duration.ofDays(1)).start()) {
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            watcher.poll();
            goOn.countDown();
            listener.nextReading();
            assertThat(listener.nextReading().current()).isEqualTo(WITH_ALICE);
        }
    }

    @Test
    void neverReadsTwiceAtATime() throws Exception {
        ScriptedSource.Step[] many = Collections.nCopies(300, gives(BARE)).toArray(new ScriptedSource.Step[0]);
        ScriptedSource source = new ScriptedSource(many);
        try (DeviceWatcher watcher =
                watcher(source).interval(Duration.ofDays(1)).start()) {
            Runnable asking = () -> {
                while (source.end().getCount() > 0) {
                    watcher.poll();
                }
            };
            List<Thread> askers = List.of(new Thread(asking), new Thread(asking));
            askers.forEach(asker -> asker.setDaemon(true));
            askers.forEach(Thread::start);
            for (Thread asker : askers) {
                asker.join(20_000);
                assertThat(asker.isAlive()).isFalse();
            }
            assertThat(source.mostUnderWay()).isEqualTo(1);
        }
    }

    @Test
    void makesNoThreadBeforeItStartsAndOneThen() throws Exception {
        AtomicInteger made = new AtomicInteger();
        DeviceWatcher.Builder builder = watcher(new ScriptedSource(gives(BARE))).threadFactory(task -> {
            made.incrementAndGet();
            return new Thread(task);
        });
        assertThat(made).hasValue(0);
        try (DeviceWatcher watcher = builder.start()) {
            listener.nextReading();
            assertThat(made).hasValue(1);
        }
    }

    @Test
    void callsItsListenerOnADaemonThreadOfItsOwn() throws Exception {
        RecordingThread seen = new RecordingThread();
        try (DeviceWatcher watcher = DeviceWatcher.builder(new ScriptedSource(gives(BARE)), "wg0", seen)
                .start()) {
            Thread thread = seen.next();
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("wgsd-watch-wg0");
        }
    }

    @Test
    void refusesAFactoryWithoutAThread() {
        DeviceWatcher.Builder builder = watcher(new ScriptedSource()).threadFactory(task -> null);
        assertThatThrownBy(builder::start)
                .isInstanceOf(NullPointerException.class)
                .hasMessage("thread factory gave no thread");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.000000001S"})
    void refusesIntervalsOutOfRange(Duration value) {
        DeviceWatcher.Builder builder = watcher(new ScriptedSource());
        assertThatThrownBy(() -> builder.interval(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval must be more than zero and at most a day, was " + value);
        assertThatThrownBy(() -> builder.backoffLimit(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backoffLimit must be more than zero and at most a day, was " + value);
        assertThatThrownBy(() -> builder.longestInterval(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longestInterval must be more than zero and at most a day, was " + value);
    }

    @Test
    void refusesNoIntervalByName() {
        assertThatThrownBy(() -> watcher(new ScriptedSource()).interval(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("interval");
    }

    @Test
    void refusesALongestIntervalThatIsLessThanTheInterval() {
        DeviceWatcher.Builder builder =
                watcher(new ScriptedSource()).interval(Duration.ofSeconds(2)).longestInterval(Duration.ofSeconds(1));
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longestInterval must not be less than the interval, PT2S, was PT1S");
    }

    @Test
    void refusesANameThatNoDeviceCanHave() {
        assertThatThrownBy(() -> DeviceWatcher.builder(new ScriptedSource(), "../wg0", listener))
                .isInstanceOf(FormatException.class);
    }

    private DeviceWatcher.Builder watcher(PeerSource source) {
        return DeviceWatcher.builder(source, "wg0", listener);
    }

    private DeviceWatcher inVirtualTime(ScriptedSource.Step... script) {
        return inVirtualTime(new ScriptedSource(script));
    }

    /** Time passes by itself whenever the watcher waits. */
    private DeviceWatcher inVirtualTime(PeerSource source) {
        return watcher(source)
                .backoffLimit(Duration.ofSeconds(3))
                .timer((wake, nanos) -> {
                    waits.add(Duration.ofNanos(nanos));
                    return 0;
                })
                .start();
    }
}
