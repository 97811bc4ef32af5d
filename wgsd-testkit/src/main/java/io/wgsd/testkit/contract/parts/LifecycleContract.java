package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.spi.CancelledException;
import io.wgsd.spi.PeerSource;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.support.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A source that is closed does nothing more, and leaves nothing behind. */
public interface LifecycleContract extends ContractPart {

    /** What the Java runtime may open or start meanwhile. */
    int SLACK = 8;

    /** How many series of rounds are run until one of them takes no memory. */
    int NATIVE_SERIES = 5;

    /** A buffer of 16 KiB that is lost in each of 64 rounds; or 500 bytes in each of 2,000. */
    long NATIVE_SLACK = 1024 * 1024;

    int ROUNDS_FOR_THREADS = 200;

    Path OPEN_FILES = Path.of("/proc/self/fd");

    @Test
    default void aSourceCanBeClosedTwice() {
        device().source().close();
        assertThatNoException().isThrownBy(() -> device().source().close());
    }

    @Test
    default void aClosedSourceListsNothing() {
        assertCancelledByClose(() -> device().source().deviceNames());
    }

    @Test
    default void aClosedSourceReadsNothing() {
        assertCancelledByClose(() -> device().read());
    }

    @Test
    default void aClosedSourceChangesNothing() throws Exception {
        assertCancelledByClose(() -> device().apply(change().peer(ALICE).build()));
        try (PeerSource another = device().fixture().open(options())) {
            assertThat(another.read(device().name()).peers()).isEmpty();
        }
    }

    @Test
    default void aClosedSourceHandsOutNoSecrets() {
        assertCancelledByClose(() -> device().source().secrets(device().name()));
    }

    @Test
    default void aClosedSourceHasNoCapabilities() {
        assertCancelledByClose(() -> device().capabilities());
    }

    @Test
    default void closingASourceLeavesOthersOpen() throws Exception {
        try (PeerSource another = device().fixture().open(options())) {
            device().source().close();
            assertThat(another.read(device().name()).name()).isEqualTo(device().name());
        }
    }

    @Test
    default void closingASourceLeavesTheDeviceAsItIs() throws Exception {
        device().apply(change().peer(ALICE).build());
        device().source().close();
        try (PeerSource another = device().fixture().open(options())) {
            assertThat(another.read(device().name()).peer(ALICE)).isPresent();
        }
    }

    @Test
    default void noFileStaysOpen() throws Exception {
        assumeTrue(Files.isDirectory(OPEN_FILES), "this system has no " + OPEN_FILES);
        useManySources(SLACK);
        long before = openFiles();
        useManySources(device().fixture().openReadCloseRounds());
        assertThat(openFiles()).as("open files").isLessThanOrEqualTo(before + SLACK);
    }

    @Test
    default void noNativeMemoryStaysAllocated() throws Exception {
        assumeTrue(NativeMemory.isKnown(), "this system does not report a process's memory");
        int rounds = device().fixture().openReadCloseRounds() / NATIVE_SERIES;
        useManySources(rounds);
        // What is lost is lost in each series; what the runtime takes for itself, it takes now and then.
        List<Long> growths = new ArrayList<>();
        boolean steady = false;
        for (int series = 0; series < NATIVE_SERIES && !steady; series++) {
            long before = NativeMemory.used();
            useManySources(rounds);
            growths.add(NativeMemory.used() - before);
            steady = growths.get(series) < NATIVE_SLACK;
        }
        assertThat(steady)
                .as("memory outside the heap stops growing; it grew by %s bytes in %d rounds each", growths, rounds)
                .isTrue();
    }

    @Test
    default void noThreadStaysAlive() throws Exception {
        useManySources(SLACK);
        int before = Thread.getAllStackTraces().size();
        useManySources(Math.min(ROUNDS_FOR_THREADS, device().fixture().openReadCloseRounds()));
        assertThat(Await.becomesTrue(
                        Await.LIMIT, () -> Thread.getAllStackTraces().size() <= before + SLACK))
                .as("the threads that the sources started have ended")
                .isTrue();
    }

    private void useManySources(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            try (PeerSource source = device().fixture().open(options())) {
                source.deviceNames();
                source.read(device().name());
            }
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }

    private void assertCancelledByClose(ThrowingCallable call) {
        device().source().close();
        assertThatThrownBy(call).isInstanceOf(CancelledException.class);
    }
}
