package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.DeviceChange;
import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import io.wgsd.model.IpPrefix;
import io.wgsd.model.PeerChange;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.PeerSource;
import io.wgsd.spi.PeerSourceOptions;
import io.wgsd.spi.PeerSources;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code wgsd show} prints of a large device, beside what {@code wg} prints of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowInKernel {

    private static final int PEERS = 5000;
    private static final int MOST_ALLOWED_IPS = 300;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String PEER = "{\"publicKey\":";

    private List<String[]> dump;

    @BeforeAll
    void aLargeDevice() throws IOException, InterruptedException {
        run("ip", "link", "add", "wg0", "type", "wireguard");
        run("ip", "link", "set", "wg0", "up");
        try (PeerSource netlink =
                PeerSources.open("netlink", PeerSourceOptions.defaults().withTimeout(LIMIT))) {
            netlink.apply("wg0", peers());
        }
        dump = run("wg", "show", "wg0", "dump")
                .lines()
                .map(line -> line.split("\t"))
                .toList();
        assertThat(dump).hasSize(1 + PEERS);
    }

    @AfterAll
    void noDevice() throws IOException, InterruptedException {
        run("ip", "link", "del", "wg0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"netlink", "cli"})
    void showPrintsEachPeerThatWgHas(String backend) throws IOException, InterruptedException {
        String json =
                run(Wgsd.command("show", "wg0", "--json", "--backend", backend).toArray(String[]::new));
        String[] own = dump.get(0);

        assertThat(json.substring(0, json.indexOf(PEER + "\"", 100)))
                .isEqualTo("[{\"name\":\"wg0\",\"kind\":\"kernel\",\"publicKey\":\"" + own[1] + "\",\"listenPort\":"
                        + own[2] + ",\"firewallMark\":42,\"peers\":[");
        List<String> shown = Arrays.stream(json.strip().split("(?=\\{\"publicKey\")"))
                .skip(1)
                .map(peer -> peer.replaceFirst("[],}]*$", "}"))
                .toList();
        Set<String> expected = dump.stream().skip(1).map(ShowInKernel::json).collect(Collectors.toSet());
        assertThat(shown).hasSize(PEERS);
        // One is enough to see, of five thousand.
        assertThat(shown.stream().filter(peer -> !expected.contains(peer)).findFirst())
                .as("a peer that wg shows otherwise")
                .isEmpty();
    }

    private static String json(String[] peer) {
        String allowedIps = Arrays.stream(peer[3].split(","))
                .map(IpPrefix::parse)
                .sorted()
                .map(prefix -> "\"" + prefix + "\"")
                .collect(Collectors.joining(","));
        return PEER + "\"" + peer[0] + "\",\"endpoint\":" + (peer[2].equals("(none)") ? "null" : "\"" + peer[2] + "\"")
                + ",\"allowedIps\":[" + allowedIps + "],\"latestHandshake\":null,\"rxBytes\":" + peer[5]
                + ",\"txBytes\":" + peer[6] + ",\"persistentKeepalive\":" + (peer[7].equals("off") ? "null" : peer[7])
                + "}";
    }

    private static DeviceChange peers() {
        Random random = new Random(3);
        DeviceChange.Builder change =
                DeviceChange.builder().privateKey(SecretKey.generatePrivate()).firewallMark(42);
        int address = 10 << 24;
        for (int i = 0; i < PEERS; i++) {
            byte[] key = new byte[PublicKey.LENGTH];
            random.nextBytes(key);
            PeerChange.Builder peer = change.peer(PublicKey.of(key));
            if (i % 3 != 0) {
                peer.endpoint(Endpoint.parse((i % 3 == 1 ? "192.0.2.1:" : "[2001:db8::7]:") + (1 + i)));
            }
            // A keepalive to a peer that never answers would move the counters between two readings.
            int count = 1 + random.nextInt(MOST_ALLOWED_IPS);
            for (int each = 0; each < count; each++) {
                byte[] bytes = ByteBuffer.allocate(each % 10 == 9 ? 16 : 4)
                        .putInt(each % 10 == 9 ? 0xfd000000 : address++)
                        .array();
                if (bytes.length == 16) {
                    ByteBuffer.wrap(bytes).putInt(12, address++);
                }
                peer.addAllowedIp(IpPrefix.of(IpAddress.of(bytes)));
            }
        }
        return change.build();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Program.Result result = Program.run(LIMIT, new ProcessBuilder(command));
        assertThat(result.status())
                .as(() -> String.join(" ", command) + ": " + result.output())
                .isZero();
        return result.output();
    }
}
