package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where an agent says that its host can be reached, as other peers hear it from the registry. */
@Timeout(120)
class CandidatesLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NAME = DnsSdNames.parse(RealLab.ZONE)
            .candidates(PublicKey.parse(ALICE_KEY))
            .toString();

    @Test
    void anAgentRegistersTheAddressesThatItsHostHasInItsOwnNetworksForAsLongAsItRuns() throws Exception {
        try (RealLab lab = RealLab.up()) {
            ip(lab, "link", "add", "docker0", "type", "bridge");
            ip(lab, "address", "add", "172.17.0.1/16", "dev", "docker0");
            ip(lab, "link", "set", "docker0", "up");
            ip(lab, "tuntap", "add", "vpn0", "mode", "tap");
            ip(lab, "address", "add", "10.9.0.1/24", "dev", "vpn0");
            ip(lab, "link", "set", "vpn0", "up");
            ip(lab, "address", "add", "192.168.8.1/32", "dev", "lan");
            ip(lab, "address", "add", "192.168.7.1/24", "dev", "lan");
            lab.registry();
            Background alice = lab.agent("alice");

            awaitCandidates(lab, "\"192.168.7.1:51820\"");
            assertThat(ask(lab, "registry"))
                    .as("what a resolver at the registry hears")
                    .isEmpty();

            ip(lab, "address", "delete", "192.168.7.1/24", "dev", "lan");
            ip(lab, "address", "add", "192.168.9.1/24", "dev", "lan");
            awaitCandidates(lab, "\"192.168.9.1:51820\"");

            assertThat(alice.terminate()).isZero();
            assertThat(ask(lab, "bob")).isEmpty();
            assertThat(alice.output()).doesNotContain("does not show other peers");
        }
    }

    @Test
    void anAgentThatIsToldNotToRegistersNothing() throws Exception {
        try (RealLab lab = RealLab.up()) {
            ip(lab, "address", "add", "192.168.7.1/24", "dev", "lan");
            lab.registry();
            lab.agent("alice", "--no-candidates");
            lab.agent("bob");
            assertThat(lab.ping(20)).isTrue();
            assertThat(ask(lab, "bob")).isEmpty();
        }
    }

    private static void awaitCandidates(RealLab lab, String text) throws Exception {
        Await.until("the candidates " + text, PATIENCE, () -> ask(lab, "bob").equals(text));
    }

    private static String ask(RealLab lab, String node) throws IOException, InterruptedException {
        return lab.exec(node, "dig", "+short", "+tries=1", "+time=2", "@10.0.0.254", NAME, "TXT")
                .output()
                .strip();
    }

    private static void ip(RealLab lab, String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "ip";
        System.arraycopy(words, 0, command, 1, words.length);
        Program.Result done = lab.exec("alice", command);
        assertThat(done.status()).as(done.output()).isZero();
    }
}
