package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.model.Device;
import io.wgsd.spi.CancelledException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.TimedOutException;
import io.wgsd.testkit.contract.Await;
import io.wgsd.testkit.contract.PeerSourceFixture;
import io.wgsd.testkit.contract.support.ParallelCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A call ends when its thread is interrupted, its source closed or its time up, regardless of what WireGuard does
 * meanwhile.
 */
public interface CancellationContract extends ContractPart {

    int CALLERS = 3;

    @Test
    default void anInterruptedThreadListsNothing() {
        assertCancelledByInterrupt(() -> device().source().deviceNames());
    }

    @Test
    default void anInterruptedThreadReadsNothing() {
        assertCancelledByInterrupt(() -> device().read());
    }

    @Test
    default void anInterruptedThreadChangesNothing() throws Exception {
        assertCancelledByInterrupt(() -> device().apply(change().peer(ALICE).build()));
        assertThat(device().read().peers()).isEmpty();
    }

    @Test
    default void anInterruptedThreadGetsNoSecrets() {
        assertCancelledByInterrupt(() -> device().source().secrets(device().name()));
    }

    @Test
    default void aSourceIsOfUseAfterAnInterrupt() throws Exception {
        Device before = device().read();
        assertCancelledByInterrupt(() -> device().read());
        assertThat(device().read()).isEqualTo(before);
    }

    @Test
    default void aCallThatTakesTooLongTimesOut() throws Exception {
        whileTheDeviceHangs(hasty -> {
            assertTimesOut(() -> hasty.read(device().name()));
            assertTimesOut(() -> hasty.apply(
                    device().name(), change().peer(ALICE).updateOnly().build()));
        });
    }

    @Test
    default void callsThatWaitForEachOtherTimeOutToo() throws Exception {
        whileTheDeviceHangs(hasty -> {
            try (ParallelCalls calls = new ParallelCalls()) {
                for (ParallelCalls.Call<Ending> caller : startReading(calls, hasty)) {
                    assertThat(caller.result().error()).isInstanceOf(TimedOutException.class);
                }
            }
        });
    }

    @Test
    default void anInterruptEndsACallThatWaits() throws Exception {
        whileTheDeviceHangs(hasty -> {
            try (ParallelCalls calls = new ParallelCalls()) {
                List<ParallelCalls.Call<Ending>> callers = startReading(calls, device().source());
                letACallTimeOut(hasty);
                for (ParallelCalls.Call<Ending> caller : callers) {
                    caller.interrupt();
                    Ending ending = caller.result();
                    assertThat(ending.error()).isInstanceOf(CancelledException.class);
                    assertThat(ending.interrupted())
                            .as("the interrupt flag is set")
                            .isTrue();
                }
            }
        });
    }

    @Test
    default void closingEndsCallsThatWait() throws Exception {
        whileTheDeviceHangs(hasty -> {
            try (ParallelCalls calls = new ParallelCalls()) {
                List<ParallelCalls.Call<Ending>> callers = startReading(calls, device().source());
                letACallTimeOut(hasty);
                device().source().close();
                for (ParallelCalls.Call<Ending> caller : callers) {
                    Ending ending = caller.result();
                    assertThat(ending.error()).isInstanceOf(CancelledException.class);
                    assertThat(ending.interrupted())
                            .as("the interrupt flag is set")
                            .isFalse();
                }
            }
        });
    }

    @Test
    default void aSourceIsOfUseAfterATimeout() throws Exception {
        device().apply(change().peer(ALICE).build());
        Device before = device().read();
        try (PeerSource source = device().fixture().open(options().withTimeout(shortTimeout()))) {
            whileTheDeviceHangs(hasty -> letACallTimeOut(source));
            // On a busy machine one more call may take too long; an answer that belongs to the one before may not be
            // taken.
            assertThat(Await.becomesTrue(Await.LIMIT, () -> isRead(source, before)))
                    .as("the device is read again")
                    .isTrue();
        }
    }

    private static boolean isRead(PeerSource source, Device expected) throws Exception {
        try {
            assertThat(source.read(expected.name())).isEqualTo(expected);
            return true;
        } catch (TimedOutException e) {
            return false;
        }
    }

    /** How a call ended: with what exception, null for none, and whether its thread's interrupt flag was set then. */
    record Ending(@Nullable Exception error, boolean interrupted) {}

    private Duration shortTimeout() {
        return device().fixture().shortTimeout();
    }

    /** A part of a test, with a source whose calls are short of time. */
    interface Part {
        void run(PeerSource hasty) throws Exception;
    }

    private void whileTheDeviceHangs(Part part) throws Exception {
        PeerSourceFixture.Hang hang = device().fixture().hang(device().name()).orElse(null);
        assumeTrue(hang != null, "this fixture cannot make a device hang");
        try (PeerSource hasty = device().fixture().open(options().withTimeout(shortTimeout()))) {
            part.run(hasty);
        } finally {
            hang.close();
        }
    }

    /** Starts calls that do not end by themselves. */
    private List<ParallelCalls.Call<Ending>> startReading(ParallelCalls calls, PeerSource source) {
        List<ParallelCalls.Call<Ending>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(calls.start(() -> {
                Exception error = null;
                try {
                    source.read(device().name());
                } catch (Exception e) {
                    error = e;
                }
                return new Ending(error, Thread.currentThread().isInterrupted());
            }));
        }
        return callers;
    }

    /** Waits as long as a short call takes, so that calls that were begun before are surely waiting by then. */
    private void letACallTimeOut(PeerSource hasty) {
        assertTimesOut(() -> hasty.read(device().name()));
    }

    private void assertTimesOut(ThrowingCallable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TimedOutException.class, e -> assertThat(e.device()).contains(device().name()));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(shortTimeout(), Await.LIMIT);
    }

    private static void assertCancelledByInterrupt(ThrowingCallable call) {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(call).isInstanceOf(CancelledException.class);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the interrupt flag is set")
                    .isTrue();
        } finally {
            Thread.interrupted();
        }
    }
}
