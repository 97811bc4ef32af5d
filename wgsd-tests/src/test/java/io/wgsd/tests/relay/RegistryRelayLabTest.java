package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Wgsd;
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

            String instance = ByHand.dig(lab, "_wireguard-relay._udp.example.com", "PTR");
            String[] service = ByHand.dig(lab, instance, "SRV").split(" ");
            String endpoint = ByHand.dig(lab, service[3], "A") + ":" + service[2];
            String key = ByHand.dig(lab, instance, "TXT").replaceAll(".*\"pub=([^\"]*)\".*", "$1");
            assertThat(endpoint).isEqualTo("192.0.2.1:443");
            assertThat(Files.getPosixFilePermissions(folder.resolve("example.com.relay.key")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));

            for (String node : new String[] {"alice", "bob"}) {
                ByHand.set(lab, node, key, "persistent-keepalive", "1", "endpoint", endpoint);
            }
            String relay = "\"relay=" + PublicKey.parse(key).toBase32() + "\"";
            for (String peer : new String[] {ALICE_KEY, BOB_KEY}) {
                Await.until(
                        "the relay in the peer's text",
                        PATIENCE,
                        () -> ByHand.text(lab, peer).contains(relay));
            }
            ByHand.set(lab, "alice", BOB_KEY, "endpoint", endpoint);
            ByHand.set(lab, "bob", ALICE_KEY, "endpoint", endpoint);

            assertThat(lab.ping(10)).isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(endpoint);
            assertThat(ByHand.dig(lab, ByHand.name(BOB_KEY), "SRV"))
                    .isNotEmpty()
                    .doesNotStartWith("0 0 443 ");
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
            String key = ByHand.relayKey(folder);
            for (String node : new String[] {"alice", "bob"}) {
                ByHand.set(lab, node, key, "persistent-keepalive", "1", "endpoint", "192.0.2.1:443");
                Await.until("a session with the relay", PATIENCE, () -> ByHand.handshake(lab, node, key) > 0);
            }

            ByHand.set(lab, "alice", BOB_KEY, "endpoint", "192.0.2.1:443");
            ByHand.set(lab, "bob", ALICE_KEY, "endpoint", "192.0.2.1:443");
            assertThat(lab.ping(2)).isFalse();

            String group = "groups = [[\"%s\", \"%s\"]]\n".formatted(ALICE_KEY, BOB_KEY);
            Files.writeString(config, settings + "[registry.visibility]\n" + group);
            registry.signal("HUP");
            registry.awaitLine("reloaded");
            assertThat(lab.ping(10)).isTrue();
        }
    }
}
