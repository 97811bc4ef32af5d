package io.wgsd.tests.members;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry that serves the members that an owner has signed, seen with other software. */
@Timeout(180)
class MembersRegistryTest {

    private static final String MEMBERS = "members." + ZONE;
    private static final String ALICE = "YdwjF6SQDBGUYgmtTqI0TIJ7t7LHjRNIXPbQnm5fCws=";
    private static final String BOB = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    @TempDir
    private Path directory;

    private LabNetwork network;
    private Path list;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        network = LabNetwork.up(directory);
        list = directory.resolve("members.zone");
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, 3);
        init("owner");
        member("owner", "add", "alice", "--key=" + ALICE);
        publish("owner", list);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void otherSoftwareTransfersAndVerifiesIt() throws Exception {
        Path keys = directory.resolve("keys");
        wgsd("key", "new", "--zone=" + ZONE, "--dir=" + keys);
        registry("--sign=" + keys);

        network.await(
                "127.0.0.1", "alice." + MEMBERS, "A", answer -> answer.strip().equals("10.0.0.1"));
        assertThat(network.dig("127.0.0.1", MEMBERS, "DS").lines()).hasSize(2);
        String zone = network.run("dig", "+noall", "+answer", "+onesoa", "@127.0.0.1", MEMBERS, "AXFR")
                .output();
        String file = Files.writeString(directory.resolve("transferred"), zone).toString();
        String verifier = Program.require("ldns-verify-zone", "ldnsutils");
        Program.Result ldns = network.run(
                verifier, "-ZZ", "-k", directory.resolve("owner/anchors").toString(), file);
        assertThat(ldns.output()).contains("Zone is verified and complete");
        // From the key of the registry's zone by the DS records to what the owner has signed.
        assertThat(delv(keys, "alice." + MEMBERS, "A"))
                .contains("; fully validated")
                .contains("10.0.0.1");
        assertThat(delv(keys, "nobody." + MEMBERS, "A")).contains("; negative response, fully validated");
    }

    @Test
    void aNewListIsServedAndAForgedOrAnOlderOneIsNot() throws Exception {
        Background registry = registry();
        Path old = Files.copy(list, directory.resolve("old.zone"));
        member("owner", "add", "bob", "--key=" + BOB);
        publish("owner", list);
        network.await(
                "127.0.0.1", "bob." + MEMBERS, "A", answer -> answer.strip().equals("10.0.0.2"));
        network.run("wg", "set", "wg0", "peer", BOB, "allowed-ips", "10.0.0.2/32");
        network.await("127.0.0.1", "bob." + ZONE, "A", answer -> answer.strip().equals("10.0.0.2"));

        Files.copy(old, list, StandardCopyOption.REPLACE_EXISTING);
        registry.awaitLine("members' zone refused (serial)");
        init("thief");
        member("thief", "add", "mallory", "--key=" + BOB);
        publish("thief", directory.resolve("forged.zone"));
        Files.copy(directory.resolve("forged.zone"), list, StandardCopyOption.REPLACE_EXISTING);
        registry.awaitLine("members' zone refused (anchor)");

        assertThat(network.dig("127.0.0.1", "bob." + MEMBERS, "A").strip()).isEqualTo("10.0.0.2");
        assertThat(network.dig("127.0.0.1", "mallory." + MEMBERS, "A")).isEmpty();
    }

    @Test
    void whatWasGoodLastIsServedAfterARestart() throws Exception {
        Background first = registry();
        network.await(
                "127.0.0.1", "alice." + MEMBERS, "A", answer -> answer.strip().equals("10.0.0.1"));
        assertThat(first.terminate()).isZero();
        Files.delete(list);

        Background second = registry();

        second.awaitLine("there is no file " + list);
        network.await(
                "127.0.0.1", "alice." + MEMBERS, "A", answer -> answer.strip().equals("10.0.0.1"));
    }

    private Background registry(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("registry", "--zone=" + ZONE, "--device=wg0", "--listen=127.0.0.1:53", "--members=" + list));
        command.add("--members-anchor=" + directory.resolve("owner/anchors"));
        command.add("--state=" + directory.resolve("state"));
        command.addAll(List.of(more));
        Background registry = network.wgsd(command.toArray(String[]::new));
        registry.awaitLine("ready");
        return registry;
    }

    private void init(String owner) throws IOException, InterruptedException {
        member(
                owner,
                "init",
                "--zone=" + ZONE,
                "--range=10.0.0.0/24",
                "--standby=" + directory.resolve(owner + "-standby"));
    }

    private void publish(String owner, Path to) throws IOException, InterruptedException {
        member(owner, "sign");
        member(owner, "publish", to.toString());
    }

    private void member(String owner, String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("member"));
        all.addAll(List.of(words));
        all.add("--dir=" + directory.resolve(owner));
        wgsd(all.toArray(String[]::new));
    }

    private void wgsd(String... words) throws IOException, InterruptedException {
        Background run = network.wgsd(words);
        assertThat(run.awaitEnd()).as(run.output()).isZero();
    }

    private String delv(Path keys, String name, String type) throws IOException, InterruptedException {
        String key = "";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(keys, "*.key")) {
            for (Path file : files) {
                key = Files.readString(file).replaceAll("(?s).*DNSKEY\\s+", "").strip();
            }
        }
        String[] data = key.split("\\s+", 4);
        Path anchor = Files.writeString(
                directory.resolve("anchor"),
                "trust-anchors { " + ZONE + ". static-key " + data[0] + " " + data[1] + " " + data[2] + " \""
                        + data[3].replaceAll("\\s", "") + "\"; };\n");
        return network.run(
                        Program.require("delv", "bind9-dnsutils"),
                        "-a",
                        anchor.toString(),
                        "+root=" + ZONE,
                        "@127.0.0.1",
                        name,
                        type)
                .output();
    }
}
