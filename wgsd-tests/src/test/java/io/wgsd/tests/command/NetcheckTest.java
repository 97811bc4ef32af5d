package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code wgsd netcheck} behind the lab's NATs: it says what is there, and nothing that it cannot know. */
@Timeout(120)
class NetcheckTest {

    @TempDir
    private Path state;

    @Test
    void aNatThatReturnsWhatIsSentToItsOwnAddressIsSeenTo() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "eim/apdf,hairpin")) {
            lab.registry("--relay", "192.0.2.1:443", "--state", state.toString());

            Program.Result result = netcheck(lab, "alice");

            assertThat(words(result))
                    .contains("registry 10.0.0.254:53 answered in ")
                    .contains(" ms, and sees this host at 203.0.113.1:41424 ")
                    .contains("IPv4 this host sends from 198.18.1.1 behind a NAT, which makes it 203.0.113.1:41424 ")
                    .contains("mapping not known: it needs two addresses")
                    .contains("hairpin the NAT returns what is sent to its own address 203.0.113.1 ")
                    .contains(
                            "ports the router 198.18.1.254 forwards none that it is asked for: PCP: it does not answer")
                    .contains("relay 192.0.2.1:443 does not hear this host; its host answers pings in ")
                    .contains("path MTU at least 1500 bytes to 192.0.2.1; wg0's of 1420 fits ");
            assertThat(result.status()).isZero();
        }
    }

    @Test
    void whatIsInTheWayOfATunnelIsSaidAndMakesTheStatusOne() throws Exception {
        try (RealLab lab = RealLab.up("--nat", "symmetric")) {
            lab.registry();
            lab.exec("alice-nat", "ip", "link", "set", "wan", "mtu", "1400");

            Program.Result result = netcheck(lab, "alice", "--dns", "10.0.0.253:53", "--timeout", "1s");

            assertThat(words(result))
                    .contains("registry 10.0.0.253:53 does not answer: ")
                    .contains("hairpin not seen: either the NAT returns nothing")
                    .contains("relay no registry announces one")
                    .contains("path MTU 1400 bytes to 192.0.2.1; wg0's of 1420 is too large for it")
                    .contains("set it to 1340, on both sides");
            assertThat(result.status()).isEqualTo(1);
        }
    }

    private static Program.Result netcheck(RealLab lab, String node, String... options) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("netcheck", "--device", "wg0", "--dns", "10.0.0.254:53", "--zone", "example.com"));
        words.addAll(List.of(options));
        return lab.wgsd(node, words.toArray(String[]::new));
    }

    /** What was printed, however it was broken into lines. */
    private static String words(Program.Result result) {
        return result.output().replaceAll("\\s+", " ");
    }
}
