package io.wgsd.tests.explain;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lab in which something is broken, and Alice asks why she does not reach Bob. */
final class ExplainLab implements AutoCloseable {

    static final String RELAY = "192.0.2.1:443";

    private static final Pattern CAUSE = Pattern.compile("\"cause\":\"([a-z-]+)\"");
    private static final Duration LIMIT = Duration.ofSeconds(100);

    /** A registry takes so long until it is sure how a NAT maps: several keepalives of the relay's session. */
    private static final Duration NAT_LIMIT = Duration.ofSeconds(240);

    private final RealLab lab;
    private final Path folder;

    private ExplainLab(RealLab lab, Path folder) {
        this.lab = lab;
        this.folder = folder;
    }

    static ExplainLab up(Path folder, String... options) throws IOException, InterruptedException {
        return new ExplainLab(RealLab.up(options), folder);
    }

    RealLab lab() {
        return lab;
    }

    Background registry(String... options) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(List.of("--state", folder.resolve("registry").toString()));
        all.addAll(List.of(options));
        return lab.registry(all.toArray(String[]::new));
    }

    Background agent(String node) throws IOException, InterruptedException {
        return lab.agent(node, "--state", folder.resolve(node).toString());
    }

    /** Runs a program in a node, which has to work. */
    void run(String node, String command) throws IOException, InterruptedException {
        Program.Result done = lab.exec(node, "sh", "-c", command);
        assertThat(done.status()).as(command + ": " + done.output()).isZero();
    }

    /** Drops packets that pass through a node, or that leave it, where they match a rule. */
    void drop(String node, String hook, String rule) throws IOException, InterruptedException {
        run(
                node,
                "nft add table inet broken; nft add chain inet broken c '{ type filter hook " + hook
                        + " priority -1; }'; nft add rule inet broken c " + rule + " drop");
    }

    /** Waits until Alice's explanation of Bob begins with a cause, and returns it as text. */
    String awaitFirst(String cause) throws Exception {
        boolean isFirst = Await.becomesTrue(LIMIT, () -> first().equals(cause));
        Program.Result text = lab.wgsd("alice", "explain", BOB_KEY);
        assertThat(isFirst)
                .as("first cause is " + cause + " in:\n" + text.output())
                .isTrue();
        // A word that is longer than a line, as a name in the zone, stays whole.
        assertThat(text.output().lines())
                .allMatch(line -> line.length() <= 80 || !line.strip().contains(" "));
        return text.output();
    }

    private String first() throws Exception {
        Matcher cause =
                CAUSE.matcher(lab.wgsd("alice", "explain", BOB_KEY, "--json").output());
        return cause.find() ? cause.group(1) : "";
    }

    /** Waits until there is a session. */
    void awaitDirect(Background alice) throws Exception {
        alice.awaitLine(BOB_KEY + " is direct");
    }

    /** Waits until the zone says something of a peer. */
    void awaitText(String key, String words) throws Exception {
        String name = PublicKey.parse(key).toBase32() + "._wireguard._udp." + RealLab.ZONE;
        Await.until(
                words + " of " + (key.equals(ALICE_KEY) ? "Alice" : "Bob"),
                NAT_LIMIT,
                () -> lab.exec("alice", "dig", "+short", "@10.0.0.254", name, "TXT")
                        .output()
                        .contains(words));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        lab.close();
    }
}
