package io.wgsd.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.WgKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error says what, where and what to do, on one line. */
class WireGuardExceptionTest {

    private static final ErrorOrigin BACKEND = ErrorOrigin.of("netlink");
    private static final ErrorOrigin DEVICE = BACKEND.device("wg0");
    private static final IOException CAUSE = new IOException("cause");
    private static final NotPermittedException REFUSED =
            new NotPermittedException(DEVICE, "changing", "run as root or with CAP_NET_ADMIN", CAUSE);

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(
                        new NoSuchDeviceException(DEVICE, "the kernel has none"),
                        "no device \"wg0\": the kernel has none"),
                Arguments.of(
                        REFUSED,
                        "changing device \"wg0\" by netlink is not permitted; run as root or with CAP_NET_ADMIN"),
                Arguments.of(
                        new UnavailableException(
                                BACKEND,
                                Availability.unavailable("the kernel has no WireGuard", "modprobe wireguard"),
                                CAUSE),
                        "the backend \"netlink\" is unavailable: the kernel has no WireGuard; modprobe wireguard"),
                Arguments.of(
                        new TimedOutException(DEVICE, "reading", Duration.ofMillis(5000)),
                        "reading device \"wg0\" by netlink took longer than 5000 ms; see whether WireGuard still answers,"
                                + " or allow more time in PeerSourceOptions"),
                Arguments.of(
                        new CancelledException(DEVICE, "reading", "the thread was interrupted", CAUSE),
                        "reading device \"wg0\" by netlink was cancelled: the thread was interrupted"),
                Arguments.of(
                        new RejectedException(DEVICE, "changing", "the port is in use; choose another"),
                        "changing device \"wg0\" by netlink was rejected: the port is in use; choose another"),
                Arguments.of(
                        new UnsupportedException(DEVICE, "restart", "set the endpoint instead"),
                        "restart is not supported by device \"wg0\" by netlink; set the endpoint instead"),
                Arguments.of(
                        new MalformedException(DEVICE, "3 bytes where an attribute has at least 4", CAUSE),
                        "the answer for device \"wg0\" by netlink cannot be understood: 3 bytes where an attribute has at"
                                + " least 4"),
                Arguments.of(
                        new InterruptedDumpException(DEVICE, 5),
                        "reading device \"wg0\" by netlink was interrupted by changes 5 times; try again when fewer are"
                                + " made"),
                Arguments.of(
                        new PartlyAppliedException(DEVICE, List.of(WgKeys.ALICE.publicKey()), REFUSED),
                        "changing device \"wg0\" by netlink stopped in the middle; peers that stay changed: 1; changing device"
                                + " \"wg0\" by netlink is not permitted; run as root or with CAP_NET_ADMIN"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void saysWhatWhereAndWhatToDo(WireGuardException error, String message) {
        assertThat(error).hasMessage(message);
    }

    static Stream<WireGuardException> withTextsOfOthers() {
        String text = "first\nsecond\u2028third";
        ErrorOrigin odd = BACKEND.device("wg\n0");
        return Stream.of(
                new NoSuchDeviceException(odd, text),
                new NotPermittedException(odd, "reading", text, null),
                new UnavailableException(BACKEND, Availability.unavailable(text, text), null),
                new TimedOutException(odd, text, Duration.ofSeconds(1)),
                new CancelledException(odd, text, text, null),
                new RejectedException(odd, "reading", text),
                new UnsupportedException(odd, text, text),
                new MalformedException(odd, text, null),
                new InterruptedDumpException(odd, 1),
                new PartlyAppliedException(odd, List.of(), new RejectedException(odd, "changing", text)));
    }

    @ParameterizedTest
    @MethodSource("withTextsOfOthers")
    void staysOnOneLineForAnyQuotedText(WireGuardException error) {
        assertThat(error.getMessage()).doesNotContainPattern("[\\n\\r\\u2028]").contains("\\n");
    }

    @ParameterizedTest
    @MethodSource("withTextsOfOthers")
    void survivesBeingSerialized(WireGuardException error) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(error);
        Object back = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        assertThat(back).isInstanceOfSatisfying(WireGuardException.class, copy -> {
            assertThat(copy).hasSameClassAs(error).hasMessage(error.getMessage());
            assertThat(copy.origin()).isEqualTo(error.origin());
        });
    }

    @Test
    void showsProgramsWhereItComesFrom() {
        WireGuardException error = new RejectedException(DEVICE.errno(-98), "changing", "the port is in use");
        assertThat(error.origin()).isEqualTo(DEVICE.errno(98));
        assertThat(error.backend()).isEqualTo("netlink");
        assertThat(error.device()).hasValue("wg0");
        assertThat(error.errno()).hasValue(98);
    }

    @Test
    void concernsNoDeviceWhereThereIsNone() {
        WireGuardException error = new UnavailableException(BACKEND, Availability.unavailable("no", ""), null);
        assertThat(error.device()).isEmpty();
        assertThat(error.errno()).isEmpty();
    }

    @Test
    void isAnIoException() {
        assertThat(REFUSED).isInstanceOf(IOException.class).hasCause(CAUSE);
    }

    @Test
    void ofAMissingDeviceGivesItsReasonAsAClause() {
        assertThat(new NoSuchDeviceException(DEVICE, "the kernel has none").reason())
                .isEqualTo("the kernel has none");
    }

    @Test
    void ofAnUnavailableBackendGivesWhatWasFound() {
        Availability finding = Availability.unavailable("the kernel has no WireGuard", "modprobe wireguard");
        assertThat(new UnavailableException(BACKEND, finding, null).finding()).isEqualTo(finding);
    }

    @Test
    void ofAChangeInPartGivesThePeersInTheirOrder() {
        assertThat(new PartlyAppliedException(
                                DEVICE, List.of(WgKeys.BOB.publicKey(), WgKeys.ALICE.publicKey()), REFUSED)
                        .appliedPeers())
                .containsExactly(WgKeys.BOB.publicKey(), WgKeys.ALICE.publicKey());
    }
}
