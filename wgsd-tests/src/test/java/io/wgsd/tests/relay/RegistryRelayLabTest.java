package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry with a relay between two real WireGuards behind symmetric NATs: set by {@code wg}, found by {@code dig}. */
@Timeout(120)
class RegistryRelayLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void twoPeersFindTheRelayInTheZoneAndConnectThroughIt() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            lab.registry("--relay", "192.0.2.1:443", "--state", folder.toString());

            String instance = dig(lab, "_wireguard-relay._udp.example.com", "PTR");
            String[] service = dig(lab, instance, "SRV").split(" ");
            String endpoint = dig(lab, service[3], "A") + ":" + service[2];
            String key = dig(lab, instance, "TXT").replaceAll(".*\"pub=([^\"]*)\".*", "$1");
            assertThat(endpoint).isEqualTo("192.0.2.1:443");
            assertThat(Files.getPosixFilePermissions(folder.resolve("example.com.relay.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));

            for (String node : new String[] {"alice", "bob"}) {
                set(lab, node, key, "persistent-keepalive", "1", "endpoint", endpoint);
            }
            String relay = "\"relay=" + PublicKey.parse(key).toBase32() + "\"";
            for (String peer : new String[] {ALICE_KEY, BOB_KEY}) {
                Await.until(
                        "the relay in the peer's text",
                        PATIENCE,
                        () -> text(lab, peer).contains(relay));
            }
            set(lab, "alice", BOB_KEY, "endpoint", endpoint);
            set(lab, "bob", ALICE_KEY, "endpoint", endpoint);

            assertThat(lab.ping(10)).isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(endpoint);
            assertThat(dig(lab, name(BOB_KEY), "SRV")).isNotEmpty().doesNotStartWith("0 0 443 ");
        }
    }

    private static String text(RealLab lab, String peer) throws IOException, InterruptedException {
        return dig(lab, name(peer), "TXT");
    }

    private static String name(String peer) {
        return PublicKey.parse(peer).toBase32() + "._wireguard._udp.example.com";
    }

    private static String dig(RealLab lab, String name, String type) throws IOException, InterruptedException {
        return lab.exec("alice", "dig", "+short", "@10.0.0.254", name, type)
                .output()
                .strip();
    }

    private static void set(RealLab lab, String node, String peer, String... settings)
            throws IOException, InterruptedException {
        String[] command = new String[5 + settings.length];
        System.arraycopy(new String[] {"wg", "set", "wg0", "peer", peer}, 0, command, 0, 5);
        System.arraycopy(settings, 0, command, 5, settings.length);
        Program.Result done = lab.exec(node, command);
        assertThat(done.status()).as(done.output()).isZero();
    }
}
