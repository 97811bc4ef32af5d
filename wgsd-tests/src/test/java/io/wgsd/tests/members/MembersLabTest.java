package io.wgsd.tests.members;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static io.wgsd.tests.lab.RealLab.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts behind NATs become peers because their network's owner has signed them, and cease to be. */
@Timeout(240)
class MembersLabTest {

    private static final String USERS_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aMemberIsAddedReachedAndRemovedWhileAllRuns() throws Exception {
        try (RealLab lab = RealLab.up()) {
            for (String peer : List.of(ALICE_KEY, BOB_KEY)) {
                wg(lab, peer.equals(ALICE_KEY) ? "bob" : "alice", "peer", peer, "remove");
            }
            wg(lab, "registry", "peer", BOB_KEY, "remove");
            // What the network's owner has no part in.
            wg(lab, "alice", "peer", USERS_KEY, "allowed-ips", "172.31.0.0/16", "endpoint", "192.0.2.77:7");
            String before = peers(lab, "alice");
            member(lab, "init", "--zone=" + ZONE, "--range=10.0.0.0/24", "--standby=" + folder.resolve("standby"));
            member(
                    lab,
                    "add",
                    "hub",
                    "--key=" + REGISTRY_KEY,
                    "--role=registry",
                    "--endpoint=192.0.2.1:51820",
                    "--allowed=10.0.0.254/32");
            member(lab, "add", "alice", "--key=" + ALICE_KEY, "--allowed=10.0.0.1/32");
            publish(lab);
            Background registry = lab.registry(
                    "--members=" + folder.resolve("members.zone"),
                    "--members-anchor=" + folder.resolve("owner/anchors"));
            registry.awaitLine("members: serial ");
            Background alice = agent(lab, "alice");
            Background bob = agent(lab, "bob");
            Background here = agent(lab, "registry", "--insecure-dns");
            alice.awaitLine("2 members, signed until");
            here.awaitLine("2 members, signed until");

            member(lab, "add", "bob", "--key=" + BOB_KEY, "--allowed=10.0.0.2/32");
            publish(lab);
            here.awaitLine("members: bob (" + BOB_KEY + ") was added");
            alice.awaitLine("members: bob (" + BOB_KEY + ") was added");
            bob.awaitLine("members: alice (" + ALICE_KEY + ") was added");
            assertThat(lab.ping(20)).as(alice.output()).isTrue();
            assertThat(lab.exec("alice", "dig", "+short", "@10.0.0.254", "bob.members." + ZONE, "A")
                            .output()
                            .strip())
                    .isEqualTo("10.0.0.2");

            assertThat(alice.terminate()).isZero();
            Background again = agent(lab, "alice");
            again.awaitLine("3 members, signed until");
            assertThat(lab.ping(5)).isTrue();

            member(lab, "remove", "bob");
            publish(lab);
            again.awaitLine(BOB_KEY + " is no member any more, and was removed");
            Await.until("the device is as before", () -> peers(lab, "alice").equals(before));
            here.awaitLine(BOB_KEY + " is no member any more, and was removed");
            assertThat(peers(lab, "registry")).contains(ALICE_KEY);
            assertThat(lab.exec("bob", "ping", "-c", "2", "-W", "1", "10.0.0.1").status())
                    .as("what was a member is accepted no more")
                    .isNotZero();
        }
    }

    @Test
    void aMemberInsideTheHubsNetworkIsReachedByTheHubUntilThereIsASession() throws Exception {
        try (RealLab lab = RealLab.up()) {
            for (String node : List.of("alice", "bob")) {
                wg(lab, node, "peer", node.equals("alice") ? BOB_KEY : ALICE_KEY, "remove");
                wg(lab, node, "peer", REGISTRY_KEY, "allowed-ips", "10.0.0.0/24");
            }
            assertThat(lab.exec("registry", "sysctl", "-qw", "net.ipv4.ip_forward=1")
                            .status())
                    .isZero();
            member(lab, "init", "--zone=" + ZONE, "--range=10.0.0.0/24", "--standby=" + folder.resolve("standby"));
            member(
                    lab,
                    "add",
                    "hub",
                    "--key=" + REGISTRY_KEY,
                    "--role=registry",
                    "--endpoint=192.0.2.1:51820",
                    "--allowed=10.0.0.0/24",
                    "--allowed=10.0.0.254/32");
            member(lab, "add", "alice", "--key=" + ALICE_KEY, "--allowed=10.0.0.1/32");
            member(lab, "add", "bob", "--key=" + BOB_KEY, "--allowed=10.0.0.2/32");
            publish(lab);
            lab.registry(
                    "--members=" + folder.resolve("members.zone"),
                    "--members-anchor=" + folder.resolve("owner/anchors"));
            assertThat(lab.ping(20)).as("by the hub").isTrue();
            Background alice = agent(lab, "alice");
            Background bob = agent(lab, "bob");

            Await.until(
                    "Bob's address is his own", LIMIT, () -> peers(lab, "alice").contains(BOB_KEY + "\t10.0.0.2/32"));
            Await.until("Alice's is hers", LIMIT, () -> peers(lab, "bob").contains(ALICE_KEY + "\t10.0.0.1/32"));
            assertThat(lab.ping(5)).as("directly").isTrue();

            // An idle session counts as live, so each side has to see that what it sends is not answered.
            lab.background("alice", "ping", "-i", "0.5", "10.0.0.2");
            lab.background("bob", "ping", "-i", "0.5", "10.0.0.1");
            lab.path("closed");
            Await.until("the hub has Bob's", LIMIT, () -> peers(lab, "alice").contains(BOB_KEY + "\t(none)"));
            Await.until("and Alice's", LIMIT, () -> peers(lab, "bob").contains(ALICE_KEY + "\t(none)"));
            assertThat(lab.ping(20)).as(alice.output()).isTrue();
        }
    }

    private Background agent(RealLab lab, String node, String... more) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(
                List.of("--members=" + folder.resolve("owner/anchors"), "--state=" + folder.resolve(node)));
        options.addAll(List.of(more));
        return lab.agent(node, options.toArray(String[]::new));
    }

    private void publish(RealLab lab) throws IOException, InterruptedException {
        member(lab, "sign");
        member(lab, "publish", folder.resolve("members.zone").toString());
    }

    private void member(RealLab lab, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("member"));
        all.addAll(List.of(words));
        all.add("--dir=" + folder.resolve("owner"));
        Program.Result done = lab.wgsd("relay", all.toArray(String[]::new));
        assertThat(done.status()).as(done.output()).isZero();
    }

    private static void wg(RealLab lab, String node, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("wg", "set", "wg0"));
        all.addAll(List.of(words));
        Program.Result done = lab.exec(node, all.toArray(String[]::new));
        assertThat(done.status()).as(done.output()).isZero();
    }

    /** Returns the peers of a node's device with their allowed IPs. */
    private static String peers(RealLab lab, String node) throws IOException, InterruptedException {
        return lab.exec(node, "wg", "show", "wg0", "allowed-ips").output();
    }
}
