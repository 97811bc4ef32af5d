package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.Device;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Backends are opened when they are needed, once, and closed together. */
@Timeout(30)
class PeerSourcesLifeTest {

    private final FakeSource uapi = new FakeSource("uapi", "none", "wg0");
    private final FakeSource netlink = new FakeSource("netlink", "none", "wg1");
    private final FakeProvider uapiProvider = FakeProvider.of("uapi", 300, uapi);
    private final FakeProvider netlinkProvider = FakeProvider.of("netlink", 200, netlink);
    private final PeerSources sources =
            PeerSources.of(List.of(uapiProvider, netlinkProvider), PeerSourceOptions.defaults());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void opensNothingBeforeItIsAsked() {
        assertThat(uapiProvider.opened() + netlinkProvider.opened()).isZero();
    }

    @Test
    void opensNoBackendThatIsNotReached() throws WireGuardException {
        sources.read("wg0");
        assertThat(netlinkProvider.opened()).isZero();
    }

    @Test
    void opensABackendOnce() throws WireGuardException {
        sources.read("wg0");
        sources.read("wg0");
        assertThat(uapiProvider.opened()).isEqualTo(1);
    }

    @Test
    void usesABackendFromWhenItBecomesAvailable() throws WireGuardException {
        uapiProvider.unavailable("not yet", "");
        assertThatThrownBy(() -> sources.read("wg0")).isInstanceOf(NoSuchDeviceException.class);
        uapiProvider.probing(() -> Availability.available("now"));
        assertThat(sources.read("wg0").name()).isEqualTo("wg0");
    }

    @Test
    void keepsOneOfTwoThatWereOpenedAtTheSameTime() throws Exception {
        FakeSource first = new FakeSource("uapi", "none", "wg0");
        FakeSource second = new FakeSource("uapi", "none", "wg0");
        List<FakeSource> both = List.of(first, second);
        CyclicBarrier atOnce = new CyclicBarrier(2);
        uapiProvider.opening(() -> both.get(await(atOnce)));
        Callable<String> read = () -> sources.read("wg0").name();
        for (Future<String> result : threads.invokeAll(List.of(read, read))) {
            assertThat(result.get()).isEqualTo("wg0");
        }
        assertThat(both).extracting(FakeSource::isClosed).containsExactlyInAnyOrder(true, false);
        assertThat(both)
                .filteredOn(FakeSource::isClosed)
                .allSatisfy(source -> assertThat(source.asked()).isEmpty());
    }

    @Test
    void closesWhatItOpened() throws WireGuardException {
        sources.deviceNames();
        sources.close();
        assertThat(uapi.isClosed()).isTrue();
        assertThat(netlink.isClosed()).isTrue();
    }

    @Test
    void closesWhatIsOpenedMeanwhile() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        uapiProvider.opening(() -> {
            opening.countDown();
            await(closed);
            return uapi;
        });
        Future<?> read = threads.submit(() -> sources.read("wg0"));
        assertThat(opening.await(10, TimeUnit.SECONDS)).isTrue();
        sources.close();
        closed.countDown();
        assertThatThrownBy(read::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancelledException.class);
        assertThat(uapi.isClosed()).isTrue();
        assertThat(uapi.asked()).isEmpty();
    }

    @Test
    void closesTheOthersThoughOneFailsTo() throws WireGuardException {
        IllegalStateException bug = new IllegalStateException("bug");
        uapiProvider.opening(() -> new DefaultsSource("") {
            @Override
            public Set<String> deviceNames() {
                return Set.of();
            }

            @Override
            public void close() {
                throw bug;
            }
        });
        sources.deviceNames();
        assertThatThrownBy(sources::close).isSameAs(bug);
        assertThat(netlink.isClosed()).isTrue();
    }

    @Test
    void mayBeClosedTwiceAndUnopened() {
        sources.close();
        assertThatCode(sources::close).doesNotThrowAnyException();
        assertThat(uapiProvider.opened()).isZero();
    }

    @Test
    void isCancelledOnceClosed() {
        sources.close();
        assertThatThrownBy(() -> sources.read("wg0"))
                .isInstanceOf(CancelledException.class)
                .hasMessage("using any backend was cancelled: the source is closed");
        assertThatThrownBy(sources::deviceNames)
                .isInstanceOf(CancelledException.class)
                .hasMessage("listing devices of any backend was cancelled: the source is closed");
        assertThat(uapiProvider.opened()).isZero();
    }

    @Test
    void isCancelledWhileItLooksForBackends() {
        uapi.setDevices();
        netlinkProvider.opening(() -> new DefaultsSource("") {
            @Override
            public Set<String> deviceNames() throws WireGuardException {
                throw new CancelledException(ErrorOrigin.of("netlink"), "listing", "the thread was interrupted", null);
            }

            @Override
            public Device read(String device, ReadOptions options) throws WireGuardException {
                throw new NoSuchDeviceException(ErrorOrigin.of("netlink").device(device), "none");
            }
        });
        assertThatThrownBy(() -> sources.read("wg0")).isInstanceOf(CancelledException.class);
    }

    private static int await(CyclicBarrier barrier) {
        try {
            return barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
