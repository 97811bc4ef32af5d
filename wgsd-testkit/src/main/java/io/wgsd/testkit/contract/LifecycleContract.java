package io.wgsd.testkit.contract;

import static io.wgsd.testkit.contract.Samples.ALICE;
import static io.wgsd.testkit.contract.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.spi.CancelledException;
import io.wgsd.spi.PeerSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A source that is closed does nothing more, and leaves nothing behind. */
interface LifecycleContract extends ContractPart {

    /** What the Java runtime may open or start meanwhile. */
    int SLACK = 8;

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
    default void noThreadStaysAlive() throws Exception {
        useManySources(SLACK);
        int before = Thread.getAllStackTraces().size();
        useManySources(device().fixture().openReadCloseRounds());
        assertThat(Patience.until(() -> Thread.getAllStackTraces().size() <= before + SLACK))
                .as(
                        "the threads that %d sources started have ended",
                        device().fixture().openReadCloseRounds())
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
