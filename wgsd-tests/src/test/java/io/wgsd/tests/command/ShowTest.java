package io.wgsd.tests.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code wgsd show} and {@code wgsd browse} print of real WireGuard, beside what {@code wg} prints of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowTest {

    private static final String NONE = "(none)";
    private RealLab lab;

    @BeforeAll
    void up() throws IOException, InterruptedException {
        lab = RealLab.up("--peers", "50");
        lab.registry();
    }

    @AfterAll
    void down() throws IOException, InterruptedException {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void showPrintsEachPeerThatWgHas() throws IOException, InterruptedException {
        // Counters move on between two readings, so those are of peers that never speak.
        String json = lab.wgsd("registry", "show", "wg0", "--json").output();
        List<String[]> dump = lab.exec("registry", "wg", "show", "wg0", "dump")
                .output()
                .lines()
                .map(line -> line.split("\t"))
                .toList();

        assertThat(json)
                .startsWith("[{\"name\":\"wg0\",\"kind\":\"userspace\",\"publicKey\":\"" + dump.get(0)[1]
                        + "\",\"listenPort\":51820,\"firewallMark\":0,\"peers\":[{");
        assertThat(dump).hasSize(53);
        for (String[] peer : dump.subList(1, dump.size())) {
            boolean speaks = !peer[4].equals("0");
            String start = "{\"publicKey\":\"" + peer[0] + "\",\"endpoint\":\"" + peer[2] + "\",\"allowedIps\":["
                    + quoted(peer[3]) + "],\"latestHandshake\":";
            assertThat(json)
                    .contains(
                            speaks
                                    ? start + "\""
                                            + Instant.ofEpochSecond(Long.parseLong(peer[4]))
                                                    .toString()
                                                    .substring(0, 17)
                                    : start + "null,\"rxBytes\":0,\"txBytes\":0,\"persistentKeepalive\":null}");
        }
    }

    @Test
    void showHoldsNoSecret() throws IOException, InterruptedException {
        String[] own = lab.exec("alice", "wg", "show", "wg0", "dump").output().split("\t");
        String everything = lab.wgsd("alice", "show").output()
                + lab.wgsd("alice", "show", "--json").output();

        assertThat(own[0]).isNotEqualTo(NONE);
        assertThat(everything).contains(own[1]).doesNotContain(own[0]);
    }

    @Test
    void browsePrintsEachPeerThatHasAnEndpoint() throws IOException, InterruptedException {
        Program.Result result = lab.wgsd("alice", "browse", "--dns", RealLab.DNS, "--zone", RealLab.ZONE, "--json");

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output().split("\"publicKey\"")).hasSize(1 + 52);
        assertThat(result.output())
                .contains("{\"publicKey\":\"" + RealLab.ALICE_KEY
                        + "\",\"endpoints\":[\"203.0.113.1:41424\"],\"allowedIps\":[\"10.0.0.1/32\"]}");
    }

    private static String quoted(String list) {
        return list.equals(NONE)
                ? ""
                : String.join(
                        ",",
                        Arrays.stream(list.split(","))
                                .map(text -> "\"" + text + "\"")
                                .toList());
    }
}
