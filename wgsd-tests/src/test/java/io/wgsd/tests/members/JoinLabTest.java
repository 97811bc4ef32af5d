package io.wgsd.tests.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network that nobody configures by hand: its hosts join by a line that is pasted each way, reach each other by name,
 * and leave again. Each host has a WireGuard device of its own besides, which stays as it is.
 */
@Timeout(240)
class JoinLabTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DOMAIN = "members.example.com";
    /** A host has folders of its own for what it is configured by. */
    private static final String OWN =
            "mount --bind \"$0/wireguard\" /etc/wireguard; mount --bind \"$0/resolv.conf\" /etc/resolv.conf; exec \"$@\"";

    @TempDir
    private Path folder;

    @Test
    void threeHostsJoinAFourthFollowsAndOneIsRemoved() throws Exception {
        try (RealLab lab = RealLab.up()) {
            Program.require("wg-quick", "wireguard-tools");
            List<String> before = new ArrayList<>();
            for (String node : List.of("alice", "bob")) {
                before.add(state(lab, node));
            }
            member(lab, "init", "--zone=example.com", "--range=10.7.0.0/24", "--standby=" + folder.resolve("standby"));

            Background registry = join(lab, "registry", invite(lab, "hub", "--registry=192.0.2.1:51821"));
            registry.awaitLine("ready");
            for (String node : List.of("alice", "bob")) {
                join(lab, node, invite(lab, node));
            }
            publish(lab);
            awaitPing(lab, "alice", "bob");
            awaitPing(lab, "bob", "alice");
            awaitPing(lab, "bob", "hub");
            awaitPing(lab, "registry", "alice");

            join(lab, "relay", invite(lab, "fourth"));
            publish(lab);
            awaitPing(lab, "alice", "fourth");
            awaitPing(lab, "relay", "bob");

            member(lab, "remove", "bob");
            publish(lab);
            Await.until(
                    "Bob is nobody's peer", LIMIT, () -> !peers(lab, "alice").contains("10.7.0.3/32"));
            Await.until(
                    "not even the registry's",
                    LIMIT,
                    () -> !peers(lab, "registry").contains("10.7.0.3/32"));
            assertThat(own(lab, "bob", "ping", "-c", "2", "-W", "1", "10.7.0.2").status())
                    .as("what was a member is accepted no more")
                    .isNotZero();

            for (String node : List.of("alice", "bob")) {
                wgsd(
                        lab,
                        node,
                        "leave",
                        "--etc=" + home(node),
                        "--state=" + home(node).resolve("state"));
                assertThat(home(node).resolve("wireguard")).isEmptyDirectory();
            }
            assertThat(List.of(state(lab, "alice"), state(lab, "bob"))).isEqualTo(before);
        }
    }

    /** Has a host join by an invitation, and the owner add it by the line that the host prints. */
    private Background join(RealLab lab, String node, String invitation) throws IOException, InterruptedException {
        Files.createDirectories(home(node).resolve("wireguard"));
        Files.writeString(
                home(node).resolve("resolv.conf"), "nameserver 10.7.0.1\noptions timeout:1\nsearch " + DOMAIN + "\n");
        List<String> words = new ArrayList<>(List.of(invitation.split(" ")));
        words.remove("wgsd");
        words.addAll(List.of("--etc=" + home(node), "--state=" + home(node).resolve("state")));
        String said = wgsd(lab, node, words.toArray(String[]::new));
        String line = said.lines()
                .filter(each -> each.startsWith("wgsd member add "))
                .findFirst()
                .orElseThrow();
        String[] pasted = line.split(" ");
        member(lab, List.of(pasted).subList(2, pasted.length).toArray(String[]::new));
        String running = "keep this running: wgsd ";
        String service = said.substring(said.indexOf(running) + running.length())
                .lines()
                .findFirst()
                .orElseThrow();
        return lab.background(node, Wgsd.command(service.split(" ")).toArray(String[]::new));
    }

    private String invite(RealLab lab, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("invite"));
        all.addAll(List.of(words));
        return member(lab, all.toArray(String[]::new))
                .lines()
                .filter(line -> line.startsWith("wgsd join "))
                .findFirst()
                .orElseThrow();
    }

    private void publish(RealLab lab) throws IOException, InterruptedException {
        member(lab, "sign");
        member(lab, "publish", home("registry").resolve("state/members.zone").toString());
    }

    private String member(RealLab lab, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("member"));
        all.addAll(List.of(words));
        all.add("--dir=" + folder.resolve("owner"));
        return wgsd(lab, "relay", all.toArray(String[]::new));
    }

    private static String wgsd(RealLab lab, String node, String... words) throws IOException, InterruptedException {
        Program.Result done = lab.wgsd(node, words);
        assertThat(done.status()).as(done.output()).isZero();
        return done.output();
    }

    private void awaitPing(RealLab lab, String from, String to) throws Exception {
        Await.until(
                from + " pings " + to,
                LIMIT,
                () -> own(lab, from, "ping", "-c", "1", "-W", "1", to).status() == 0);
    }

    private Program.Result own(RealLab lab, String node, String... command) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("sh", "-ec", OWN, home(node).toString()));
        words.addAll(List.of(command));
        return lab.exec(node, words.toArray(String[]::new));
    }

    private Path home(String node) {
        return folder.resolve(node);
    }

    private static String peers(RealLab lab, String node) throws IOException, InterruptedException {
        return lab.exec(node, "wg", "show", "wgsd0", "allowed-ips").output();
    }

    /** Returns what a host has configured of its own: WireGuard, addresses and routes. */
    private static String state(RealLab lab, String node) throws IOException, InterruptedException {
        return lab.exec(
                        node,
                        "sh",
                        "-c",
                        "wg showconf wg0 | grep -v Endpoint | sort; ip -br address; ip route; ip -6 route")
                .output();
    }
}
