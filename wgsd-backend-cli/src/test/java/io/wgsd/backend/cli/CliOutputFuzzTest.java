package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.DeviceSecrets;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whatever {@code wg} prints, it is read, or refused by the one exception, and what is read can be printed and read
 * again.
 */
final class CliOutputFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyOutputIsReadOrRefused(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        readAgain(
                text,
                Views::endpoint,
                endpoint -> endpoint.map(Endpoint::toString).orElse("(none)"));
        readAgain(text, Views::allowedIps, CliOutputFuzzTest::print);
        readAgain(
                text,
                Views::transfer,
                transfer ->
                        Long.toUnsignedString(transfer.rxBytes()) + "\t" + Long.toUnsignedString(transfer.txBytes()));
        readAgain(
                text,
                Views::handshake,
                time -> Long.toString(time.map(Instant::getEpochSecond).orElse(0L)));
        readAgain(text, Views::keepalive, interval -> Long.toString(interval.toSeconds()));
        readOrRefuse(() -> Views.publicKey(text));
        readOrRefuse(() -> Views.listenPort(text));
        readOrRefuse(() -> Views.firewallMark(text));
        assertThat(Views.names(text)).noneMatch(String::isEmpty);
        assertThat(WgVersion.of(text).date()).isNotNegative();
    }

    @FuzzTest(maxDuration = "10m")
    void anyDumpGivesItsKeysOrIsRefusedWithoutQuotingThem(byte[] input) {
        try (DeviceSecrets secrets = SecretDump.read(input, input.length)) {
            assertThat(secrets.toString()).isEqualTo("DeviceSecrets[redacted]");
        } catch (ProtocolException e) {
            assertThat(e).hasMessageMatching("line \\d+ of the dump has [a-z0-9, ()]+|the dump is empty");
        }
    }

    private interface Reading {
        Object read() throws ProtocolException;
    }

    private static void readOrRefuse(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** What was read is printed, and is the same when it is read again. */
    private static <T> void readAgain(String text, Views.Value<T> value, Function<T, String> print) {
        try {
            Map<PublicKey, T> read = Views.peers(text, value);
            String printed = read.entrySet().stream()
                    .map(peer -> peer.getKey() + "\t" + print.apply(peer.getValue()) + "\n")
                    .collect(Collectors.joining());
            assertThat(Views.peers(printed, value)).isEqualTo(read);
        } catch (ProtocolException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static String print(List<IpPrefix> prefixes) {
        return prefixes.isEmpty()
                ? "(none)"
                : prefixes.stream().map(IpPrefix::toString).collect(Collectors.joining(" "));
    }
}
