package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.uapi.transport.ErrnoException;
import io.wgsd.internal.Errno;
import io.wgsd.model.DeviceChange;
import io.wgsd.spi.ErrorOrigin;
import io.wgsd.spi.NoSuchDeviceException;
import io.wgsd.spi.NotPermittedException;
import io.wgsd.spi.Operation;
import io.wgsd.spi.RejectedException;
import io.wgsd.spi.UnavailableException;
import io.wgsd.spi.WireGuardException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UapiErrorsTest {

    private static final Path SOCKET = Path.of("/run/wireguard/wg0.sock");

    private final Operation operation =
            Operation.begin(ErrorOrigin.of("uapi").device("wg0"), "changing", Duration.ofSeconds(5), () -> false);

    @ParameterizedTest
    @CsvSource({
        "ENOENT, /run/wireguard/wg0.sock does not exist",
        "ECONNREFUSED, /run/wireguard/wg0.sock is left by a process that has ended",
        "EPROTOTYPE, /run/wireguard/wg0.sock is not a socket of the kind that WireGuard has",
    })
    void aSocketThatLeadsNowhereIsNoDevice(String name, String reason) {
        assertThat(ofSocket(name))
                .isInstanceOfSatisfying(
                        NoSuchDeviceException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void aSocketThatMayNotBeUsedNeedsAnotherUser() {
        assertThat(ofSocket("EACCES"))
                .isInstanceOf(NotPermittedException.class)
                .hasMessageEndingWith("run as root or as the user that owns /run/wireguard/wg0.sock");
    }

    @Test
    void aProcessWithTooManyFilesLearnsOfTheLimit() {
        assertThat(ofSocket("EMFILE"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("too many files are open; raise the limit (ulimit -n)");
    }

    @Test
    void unknownErrorsAreNamed() {
        assertThat(ofSocket("ENOMEM")).isInstanceOf(UnavailableException.class).hasMessageContaining("connect: ENOMEM");
    }

    @Test
    void aPortInUseIsNamed() {
        DeviceChange change = DeviceChange.builder().listenPort(51820).build();

        assertThat(UapiErrors.ofAnswer(operation, Errno.EADDRINUSE, change))
                .isInstanceOf(RejectedException.class)
                .hasMessageEndingWith(
                        "EADDRINUSE, another process uses port 51820; choose another, or end that process");
    }

    @Test
    void noPortIsBlamedWhereNoneWasSet() {
        DeviceChange change = DeviceChange.builder().firewallMark(1).build();

        assertThat(UapiErrors.ofAnswer(operation, Errno.EADDRINUSE, change))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("its UDP socket cannot be set up so");
    }

    @Test
    void aWireGuardThatLacksRightsIsTheOneToRepair() {
        assertThat(UapiErrors.ofAnswer(operation, Errno.EPERM, null))
                .isInstanceOf(NotPermittedException.class)
                .hasMessageContaining("the rights of the WireGuard process itself");
    }

    @Test
    void aWireGuardWithoutItsDeviceHasNone() {
        assertThat(UapiErrors.ofAnswer(operation, Errno.ENODEV, null)).isInstanceOf(NoSuchDeviceException.class);
    }

    @Test
    void wireguardGosUnknownErrorKeepsItsNumber() {
        assertThat(UapiErrors.ofAnswer(operation, 55, null))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("errno 55");
    }

    @Test
    void numbersThatNoSystemHasKeepThem() {
        assertThat(UapiErrors.ofAnswer(operation, 123_456_789, null)).hasMessageContaining("123456789");
    }

    private WireGuardException ofSocket(String name) {
        return UapiErrors.ofSocket(operation, SOCKET, true, new ErrnoException("connect", name, 1));
    }
}
