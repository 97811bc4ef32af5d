package io.wgsd.testkit.contract.parts;

import static io.wgsd.testkit.contract.support.Samples.ALICE;
import static io.wgsd.testkit.contract.support.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.WireGuardException;
import io.wgsd.testkit.contract.support.Samples;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What cannot be done fails with the exception that fits, which names the device on one line. */
public interface ErrorsContract extends ContractPart {

    String ABSENT = "wg-absent";

    @Test
    default void readingAnAbsentDeviceNamesIt() {
        assertNoSuchDevice(ABSENT, () -> device().source().read(ABSENT));
    }

    @Test
    default void changingAnAbsentDeviceNamesIt() {
        assertNoSuchDevice(
                ABSENT,
                () -> device().source().apply(ABSENT, change().peer(ALICE).build()));
    }

    @Test
    default void evenAChangeOfNothingNeedsADevice() {
        assertNoSuchDevice(ABSENT, () -> device().source().apply(ABSENT, change().build()));
    }

    @Test
    default void aPortThatIsRefusedIsRejected() throws Exception {
        String other = device().fixture().createDevice();
        int taken = Samples.freePort();
        device().apply(change().listenPort(taken).build());
        Throwable error = catchThrowable(
                () -> device().source().apply(other, change().listenPort(taken).build()));
        // A WireGuard may share ports (SO_REUSEADDR), and then there is nothing to refuse.
        if (error != null) {
            assertThat(error).isInstanceOf(RejectedException.class).hasMessageContaining(other);
        }
    }

    @Test
    default void anAbsentDeviceHasNoSecrets() {
        assertNoSuchDevice(ABSENT, () -> device().source().secrets(ABSENT));
    }

    @Test
    default void anAbsentDeviceHasNoCapabilities() {
        assertNoSuchDevice(ABSENT, () -> device().source().capabilities(ABSENT));
    }

    @Test
    default void aNameThatNoInterfaceCanHaveIsTheNameOfNoDevice() {
        for (String name : new String[] {"", "..", "../" + device().name(), "-h", "a b", "wg\n0", "x".repeat(4000)}) {
            assertThatThrownBy(() -> device().source().read(name))
                    .as("reading \"%s\"", name)
                    .isInstanceOf(NoSuchDeviceException.class);
        }
    }

    @Test
    default void aRemovedDeviceIsNoLongerThere() throws Exception {
        device().read();
        device().fixture().removeDevice(device().name());
        assertNoSuchDevice(device().name(), () -> device().read());
        assertNoSuchDevice(
                device().name(), () -> device().apply(change().peer(ALICE).build()));
    }

    @Test
    default void aRemovedDeviceIsNoLongerListed() throws Exception {
        String other = device().fixture().createDevice();
        device().fixture().removeDevice(device().name());
        assertThat(device().source().deviceNames()).contains(other).doesNotContain(device().name());
    }

    @Test
    default void removingADeviceLeavesTheOthers() throws Exception {
        String other = device().fixture().createDevice();
        device().fixture().removeDevice(device().name());
        assertNoSuchDevice(device().name(), () -> device().read());
        device().source().apply(other, change().peer(ALICE).build());
        assertThat(device().source().read(other).peer(ALICE)).isPresent();
    }

    @Test
    default void aMissingPermissionIsReported() throws Exception {
        PeerSource unprivileged = device().fixture()
                .openWithoutPermission(device().name(), options())
                .orElse(null);
        assumeTrue(unprivileged != null, "this fixture cannot drop permissions");
        try (unprivileged) {
            Throwable error = catchThrowable(() -> unprivileged.read(device().name()));
            assertThat(error).isInstanceOf(NotPermittedException.class);
            assertThat(error).hasMessageContaining(device().name());
        }
    }

    private static void assertNoSuchDevice(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(NoSuchDeviceException.class, e -> {
            assertThat(e.device()).contains(name);
            assertOneLineThatNames(name, e);
        });
    }

    private static void assertOneLineThatNames(String name, WireGuardException error) {
        assertThat(error.getMessage()).contains(name).hasLineCount(1);
    }
}
