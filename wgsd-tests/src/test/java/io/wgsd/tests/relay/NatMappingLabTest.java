package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a registry with a relay says in its zone of two real WireGuards' NATs: with the relay at the device's own
 * address, and at another one.
 */
@Timeout(120)
class NatMappingLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OWN = "192.0.2.1";
    private static final String OTHER = "192.0.2.2";
    /** As many seconds, in each of which both are compared, prove whatever can be proved. */
    private static final String ENOUGH = "5";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "none/apdf, eim/apdf,  192.0.2.2, eim,     eim,  adm/apdf,  dep",
        "eim/apdf,  apdm/apdf, 192.0.2.1, nothing, apdm, apdm/apdf, apdm",
    })
    void theZoneSaysHowANatMapsAsFarAsThatIsProved(
            String aliceNat, String bobNat, String relay, String alice, String bob, String nextNat, String next)
            throws Exception {
        try (RealLab lab = RealLab.up("--alice-nat", aliceNat, "--bob-nat", bobNat)) {
            run(lab, "registry", "ip", "address", "add", OTHER + "/25", "dev", "wan");
            lab.registry("--relay", relay + ":443", "--state", folder.toString(), "--self", OWN + ":51820");
            String instance = dig(lab, "_wireguard-relay._udp.example.com", "PTR");
            String key = dig(lab, instance, "TXT").replaceAll(".*\"pub=([^\"]*)\".*", "$1");
            for (String node : new String[] {"alice", "bob"}) {
                run(lab, node, "wg", "set", "wg0", "peer", RealLab.REGISTRY_KEY, "persistent-keepalive", "1");
                run(
                        lab,
                        node,
                        "wg",
                        "set",
                        "wg0",
                        "peer",
                        key,
                        "persistent-keepalive",
                        "1",
                        "endpoint",
                        relay + ":443");
            }

            await(lab, BOB_KEY, bob);
            await(lab, ALICE_KEY, alice);
            run(lab, "alice", "ping", "-q", "-c", ENOUGH, "10.0.0.254");
            assertThat(nat(lab, ALICE_KEY)).isEqualTo(alice);
            assertThat(nat(lab, BOB_KEY)).isEqualTo(bob);

            lab.nat("alice-nat", nextNat);
            await(lab, ALICE_KEY, next);
        }
    }

    private static void await(RealLab lab, String peer, String nat) throws Exception {
        Await.until("nat=" + nat + " of " + peer, PATIENCE, () -> nat(lab, peer).equals(nat));
    }

    private static String nat(RealLab lab, String peer) throws IOException, InterruptedException {
        String text = dig(lab, PublicKey.parse(peer).toBase32() + "._wireguard._udp.example.com", "TXT");
        return text.contains("nat=") ? text.replaceAll(".*\"nat=([^\"]*)\".*", "$1") : "nothing";
    }

    private static String dig(RealLab lab, String name, String type) throws IOException, InterruptedException {
        return lab.exec("alice", "dig", "+short", "@10.0.0.254", name, type)
                .output()
                .strip();
    }

    private static void run(RealLab lab, String node, String... command) throws IOException, InterruptedException {
        Program.Result done = lab.exec(node, command);
        assertThat(done.status()).as(done.output()).isZero();
    }
}
