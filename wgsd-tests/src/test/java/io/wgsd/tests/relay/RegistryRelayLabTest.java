package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
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

    @Test
    void whoMayNotSeeAPeerMayNotReachItThroughTheRelayUntilAReloadSaysOtherwise() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            Path config = folder.resolve("wgsd.toml");
            String settings = """
                    [[registry]]
                    zone = "example.com"
                    device = "wg0"
                    relay = "192.0.2.1:443"
                    state = "%s"
                    """.formatted(folder);
            Files.writeString(config, settings + "[registry.visibility]\n");
            Background registry = lab.background(
                    "registry",
                    Wgsd.command("registry", "--config", config.toString()).toArray(String[]::new));
            registry.awaitLine("ready");
            String key = relayKey(folder);
            for (String node : new String[] {"alice", "bob"}) {
                set(lab, node, key, "persistent-keepalive", "1", "endpoint", "192.0.2.1:443");
                Await.until("a session with the relay", PATIENCE, () -> handshake(lab, node, key) > 0);
            }

            set(lab, "alice", BOB_KEY, "endpoint", "192.0.2.1:443");
            set(lab, "bob", ALICE_KEY, "endpoint", "192.0.2.1:443");
            assertThat(lab.ping(2)).isFalse();

            String group = "groups = [[\"%s\", \"%s\"]]\n".formatted(ALICE_KEY, BOB_KEY);
            Files.writeString(config, settings + "[registry.visibility]\n" + group);
            registry.signal("HUP");
            registry.awaitLine("reloaded");
            assertThat(lab.ping(10)).isTrue();
        }
    }

    private static String relayKey(Path state) throws IOException {
        char[] text =
                Files.readString(state.resolve("example.com.relay.key")).strip().toCharArray();
        try (SecretKey key = SecretKey.parseBase64(text)) {
            return key.publicKey().toBase64();
        }
    }

    private static long handshake(RealLab lab, String node, String peer) throws IOException, InterruptedException {
        return lab.exec(node, "wg", "show", "wg0", "latest-handshakes")
                .output()
                .lines()
                .filter(line -> line.startsWith(peer))
                .mapToLong(line -> Long.parseLong(line.split("\t")[1]))
                .findFirst()
                .orElse(0);
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
