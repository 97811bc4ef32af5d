package io.wgsd.backend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.spi.DeviceSecrets;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whatever {@code wg} prints, it is read, or refused by the one exception, and what is read can be printed and read again. */
final class CliOutputFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void anyListOfEndpointsIsReadOrRefused(byte[] input) throws ProtocolException {
        Map<PublicKey, Optional<Endpoint>> read;
        try {
            read = Views.peers(text(input), Views::endpoint);
        } catch (ProtocolException e) {
            return;
        }
        assertThat(Views.peers(
                        print(read, endpoint -> endpoint.map(Endpoint::toString).orElse("(none)")), Views::endpoint))
                .isEqualTo(read);
    }

    @FuzzTest(maxDuration = "10m")
    void anyListOfAllowedIpsIsReadOrRefused(byte[] input) throws ProtocolException {
        Map<PublicKey, List<IpPrefix>> read;
        try {
            read = Views.peers(text(input), Views::allowedIps);
        } catch (ProtocolException e) {
            return;
        }
        assertThat(Views.peers(print(read, CliOutputFuzzTest::print), Views::allowedIps))
                .isEqualTo(read);
    }

    @FuzzTest(maxDuration = "10m")
    void anyNumbersAreReadOrRefused(byte[] input) {
        String text = text(input);
        readOrRefuse(() -> Views.peers(text, Views::transfer));
        readOrRefuse(() -> Views.peers(text, Views::handshake));
        readOrRefuse(() -> Views.peers(text, Views::keepalive));
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

    private static <T> String print(Map<PublicKey, T> peers, Function<T, String> value) {
        return peers.entrySet().stream()
                .map(peer -> peer.getKey() + "\t" + value.apply(peer.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String print(List<IpPrefix> prefixes) {
        return prefixes.isEmpty()
                ? "(none)"
                : prefixes.stream().map(IpPrefix::toString).collect(Collectors.joining(" "));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
