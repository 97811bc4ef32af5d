package io.wgsd.backend.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.backend.uapi.transport.FakeUapi;
import io.wgsd.model.DeviceChange;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No key is left in the memory of a process that has read devices and restarted peers. */
@EnabledOnOs(OS.LINUX)
final class MemoryTest {

    private static final int PEERS = 40;
    private static final int ROUNDS = 30;
    private static final int GC_EVERY = 7;

    private final List<SecretKey> presharedKeys = new ArrayList<>();
    private final List<PublicKey> peers = new ArrayList<>();
    private final SecretKey privateKey = SecretKey.generatePrivate();
    private FakeUapi device;

    @BeforeEach
    void start() throws IOException {
        for (int i = 0; i < PEERS; i++) {
            presharedKeys.add(SecretKey.generatePreshared());
            peers.add(SecretKey.generatePrivate().publicKey());
        }
        device = FakeUapi.answering(
                "wg0",
                request -> request.startsWith("get")
                        ? answer()
                        : request.contains("allowed_ip=-") ? "errno=22\n\n" : "errno=0\n\n");
    }

    @AfterEach
    void stop() throws IOException {
        device.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"read", "restart", "remove-prefix"})
    void noKeyIsLeft(String work) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseG1GC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryTest.class.getName(),
                        device.directory().toString(),
                        peers.get(3).toString(),
                        work)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.readLine()).isEqualTo("done");
            Map<String, byte[]> keys = new HashMap<>();
            keys.put("the private key", privateKey.toBytes());
            for (int i = 0; i < PEERS; i++) {
                keys.put("the preshared key of peer " + i, presharedKeys.get(i).toBytes());
            }
            assertThat(MemorySearch.find(process.pid(), keys)).isEmpty();
            // Or else the search itself would prove nothing.
            assertThat(MemorySearch.find(
                            process.pid(), Map.of("a public key", peers.get(3).toBytes())))
                    .isNotEmpty();
        } finally {
            process.destroy();
        }
        if (work.equals("restart")) {
            assertThat(device.requests().get(device.requests().size() - 1))
                    .contains("preshared_key=" + hex(presharedKeys.get(3)))
                    .doesNotContain(hex(presharedKeys.get(2)));
        }
    }

    /** What is done in the other process. */
    public static void main(String... args) throws IOException {
        PublicKey peer = PublicKey.parse(args[1]);
        PeerSourceOptions options = PeerSourceOptions.defaults().withSetting(UapiPeerSourceProvider.DIRECTORY, args[0]);
        try (PeerSource source = new UapiPeerSourceProvider().open(options)) {
            for (int i = 0; i < ROUNDS; i++) {
                source.read("wg0");
                if (i % GC_EVERY == 0) {
                    // It moves what is still in use, and wipes nothing at the old place.
                    System.gc();
                }
                if (args[2].equals("restart")) {
                    source.apply(
                            "wg0", DeviceChange.builder().peer(peer).restart().build());
                } else if (args[2].equals("remove-prefix")) {
                    source.apply(
                            "wg0",
                            DeviceChange.builder()
                                    .peer(peer)
                                    .removeAllowedIp(IpPrefix.parse("10.0.0.3/32"))
                                    .build());
                }
            }
            System.out.println("done");
            System.in.read();
        }
    }

    private String answer() {
        StringBuilder answer = new StringBuilder("private_key=" + hex(privateKey) + "\nlisten_port=51820\n");
        for (int i = 0; i < PEERS; i++) {
            answer.append("public_key=").append(peers.get(i).toHex());
            answer.append("\npreshared_key=").append(hex(presharedKeys.get(i)));
            answer.append("\nprotocol_version=1\nendpoint=192.0.2.1:").append(1000 + i);
            answer.append("\nallowed_ip=10.0.0.").append(i).append("/32\n");
        }
        return answer.append("errno=0\n\n").toString();
    }

    private static String hex(SecretKey key) {
        return HexFormat.of().formatHex(key.toBytes());
    }
}
