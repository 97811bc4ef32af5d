package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay on a host of its own between two real WireGuards behind symmetric NATs. */
@Timeout(120)
class RemoteRelayLabTest {

    private static final String RELAY = "192.0.2.129:443";
    private static final String RELAY_DNS = "192.0.2.129:53";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private String key;

    @BeforeEach
    void sharedKey() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        key = "relay:hmac-sha256:" + secret;
    }

    @Test
    void itLearnsItsMembersAndIsAnnouncedAndOutlivesItsRegistry() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            Background relay = startRelay(lab);
            Background registry = startRegistry(lab);
            relay.awaitLine("members: 2");

            Await.until(
                    "the relay in the zone", PATIENCE, () -> !relayInZone(lab).isEmpty());
            String instance = relayInZone(lab);
            String[] service = ByHand.dig(lab, instance, "SRV").split(" ");
            assertThat(ByHand.dig(lab, service[3], "A") + ":" + service[2]).isEqualTo(RELAY);
            String relayKey = ByHand.relayKey(folder.resolve("relay"));
            // Alice's agent finds the relay by itself; Bob has none.
            lab.agent("alice", "--keep", BOB_KEY, "--state", folder.toString());
            ByHand.set(lab, "bob", relayKey, "persistent-keepalive", "1", "endpoint", RELAY);
            String heard = "\"relay=" + PublicKey.parse(relayKey).toBase32() + "\"";
            for (String peer : new String[] {ALICE_KEY, BOB_KEY}) {
                Await.until(
                        "the relay in the peer's text",
                        PATIENCE,
                        () -> ByHand.text(lab, peer).contains(heard));
            }
            ByHand.set(lab, "alice", BOB_KEY, "endpoint", RELAY);
            ByHand.set(lab, "bob", ALICE_KEY, "endpoint", RELAY);
            assertThat(lab.ping(10)).isTrue();
            assertThat(lab.endpoint("alice", BOB_KEY)).isEqualTo(RELAY);

            registry.terminate();
            relay.terminate();
            Background next = startRelay(lab);
            next.awaitLine("goes on with the members that it learned last (2)");
            assertThat(lab.ping(10)).isTrue();
        }
    }

    private Background startRelay(RealLab lab) throws IOException, InterruptedException {
        Background relay = lab.background(
                "relay",
                Wgsd.command(
                                "relay",
                                "--zone",
                                RealLab.ZONE,
                                "--dns",
                                "192.0.2.1",
                                "--tsig",
                                key,
                                "--listen",
                                RELAY,
                                "--dns-listen",
                                RELAY_DNS,
                                "--state",
                                folder.resolve("relay").toString())
                        .toArray(String[]::new));
        relay.awaitLine("ready");
        return relay;
    }

    private Background startRegistry(RealLab lab) throws IOException, InterruptedException {
        return lab.registry(
                "--listen",
                RealLab.DNS,
                "--listen",
                "192.0.2.1",
                "--allow-transfer-key",
                key,
                "--relay-at",
                RELAY_DNS + "=relay",
                "--state",
                folder.toString());
    }

    private static String relayInZone(RealLab lab) throws IOException, InterruptedException {
        return ByHand.dig(lab, "_wireguard-relay._udp.example.com", "PTR");
    }
}
