package io.wgsd.command.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.IpPrefix;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code wgsd join} makes on a host, and that {@code wgsd leave} takes all of it back, and nothing else. */
class JoinCommandTest {

    @TempDir
    private Path directory;

    private final FakeHost host = new FakeHost();
    private Path etc;
    private String out = "";
    private String err = "";

    @BeforeEach
    void begin() throws IOException {
        etc = Files.createDirectory(directory.resolve("etc"));
        Files.createDirectory(etc.resolve("wireguard"));
        Files.writeString(etc.resolve("wireguard/wg0.conf"), "somebody's own\n");
    }

    @Test
    void theDeviceGetsAKeyOfItsOwnAndTheRegistryAsItsPeer() throws IOException {
        join();

        Path file = etc.resolve("wireguard/wgsd0.conf");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file).replaceFirst("(?m)^PrivateKey = [A-Za-z0-9+/]{43}=$", "PrivateKey = …"))
                .isEqualTo("""
                # alice in example.com, by "wgsd join"; "wgsd leave" takes it back.
                [Interface]
                PrivateKey = …
                Address = 10.0.0.3/24, fd00::3/64
                PostUp = ! command -v resolvectl >/dev/null || { resolvectl dns %%i 10.0.0.254 \
                && resolvectl domain %%i members.example.com '~example.com'; } || true

                # hub
                [Peer]
                PublicKey = %s
                Endpoint = 192.0.2.1:51820
                AllowedIPs = 10.0.0.0/24, 10.0.0.254/32
                PersistentKeepalive = 25
                """.formatted(InvitationTest.KEY));
        assertThat(host.ran).containsExactly("wg-quick up " + file);
    }

    @Test
    void theOwnerGetsOneLineWithThePublicKeyAndNoOutputHasThePrivateOne() throws IOException {
        join();

        assertThat(out).matches("wgsd member add alice --key [A-Za-z0-9+/]{43}=\n");
        String secret = Files.readAllLines(etc.resolve("wireguard/wgsd0.conf")).stream()
                .filter(line -> line.startsWith("PrivateKey = "))
                .map(line -> line.substring("PrivateKey = ".length()))
                .findFirst()
                .orElseThrow();
        assertThat(out + err).doesNotContain(secret);
        String line = out;
        join();
        assertThat(out).as("once more, for anyone who has lost it").isEqualTo(line);
        assertThat(host.ran).hasSize(1);
    }

    @Test
    void anAgentHasTheOwnersKeysAndTheRegistrysAddress() throws IOException {
        join();

        assertThat(Files.readString(etc.resolve("wgsd/agent-wgsd0.env")))
                .contains("WGSD_OPTIONS=\"--zone example.com --dns 10.0.0.254 --members " + etc
                        + "/wgsd/wgsd0.anchors\"");
        assertThat(Files.readString(etc.resolve("wgsd/wgsd0.anchors")))
                .matches("members\\.example\\.com\\.\\s.*DNSKEY\\s257 3 15 .*\n");
        assertThat(err).contains("keep this running: wgsd agent --device wgsd0 --state ");
    }

    @Test
    void leaveTakesAllOfItBackAndNothingElse() throws IOException {
        join();
        host.interfaces.add("wgsd0");
        for (String name : List.of(
                "wgsd0.agent", "wgsd0.members", "wgsd0.members.zone", "wgsd0.members.zone.changes", "wg0.agent")) {
            Files.createDirectories(directory.resolve("state"));
            Files.writeString(directory.resolve("state").resolve(name), "");
        }

        assertThat(run(new LeaveCommand(host).spec(), places())).isZero();

        assertThat(host.ran).last().isEqualTo("wg-quick down " + etc + "/wireguard/wgsd0.conf");
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .containsExactlyInAnyOrder("etc/wireguard/wg0.conf", "state/wg0.agent");
        }
        assertThat(etc.resolve("wgsd")).doesNotExist();
        assertThat(run(new LeaveCommand(host).spec(), places())).isEqualTo(1);
        assertThat(err).contains("wgsd0 was not made by it");
    }

    @Test
    void aRegistryGetsItsPortAndItsSettingsAndForwardsWhereItIsAHub() throws IOException {
        registry("allowed=10.0.0.0/24,10.0.0.3/32");

        assertThat(Files.readString(etc.resolve("wireguard/wgsd0.conf")))
                .contains("\nAddress = 10.0.0.3/24\n", "\nListenPort = 51821\n", "conf.%i.forwarding=1\n")
                .contains("resolvectl dns %i 10.0.0.3 ");
        assertThat(Files.readString(etc.resolve("wgsd/registry.toml"))).contains("""
                [[registry]]
                zone = "example.com"
                device = "wgsd0"
                state = "%s/state"
                members = "%1$s/state/members.zone"
                members-anchor = "%s/wgsd/wgsd0.anchors"
                add-members = true
                """.formatted(directory, etc));
        assertThat(etc.resolve("wgsd/agent-wgsd0.env")).doesNotExist();
        assertThat(err).contains("keep this running: wgsd registry --config " + etc + "/wgsd/registry.toml");
    }

    @Test
    void settingsOfOtherRegistriesStayAsTheyAre() throws IOException {
        Files.createDirectory(etc.resolve("wgsd"));
        Path settings = Files.writeString(etc.resolve("wgsd/registry.toml"), "# mine\n");
        registry("allowed=10.0.0.3/32");
        assertThat(Files.readString(settings)).startsWith("# mine\n").contains("[[registry]]");
        Files.writeString(settings, "# added later\n", StandardOpenOption.APPEND);

        assertThat(run(new LeaveCommand(host).spec(), places())).isZero();

        assertThat(Files.readString(settings)).isEqualTo("# mine\n# added later\n");
    }

    @Test
    void aRegistryThatJoinedLaterStaysWhenTheFirstOneLeaves() throws IOException {
        registry("allowed=10.0.0.3/32");
        registry("allowed=10.0.0.3/32", "--device=wgsd1");
        Path settings = etc.resolve("wgsd/registry.toml");

        assertThat(run(new LeaveCommand(host).spec(), places())).as(err).isZero();

        assertThat(Files.readString(settings)).contains("device = \"wgsd1\"").doesNotContain("wgsd0");
        assertThat(run(new LeaveCommand(host).spec(), with(places(), "--device=wgsd1")))
                .as(err)
                .isZero();
        assertThat(settings).doesNotExist();
    }

    private void registry(String allowed, String... more) {
        List<String> words = new ArrayList<>(InvitationTest.WORDS);
        words.removeIf(word -> word.startsWith("registry=") || word.startsWith("allowed="));
        words.addAll(List.of(allowed, "endpoint=192.0.2.2:51821"));
        assertThat(run(new JoinCommand(host).spec(), with(with(places(), more), words.toArray(String[]::new))))
                .as(err)
                .isZero();
    }

    @Test
    void whatFailsLeavesNothingBehind() throws IOException {
        host.failing = "wg-quick up";

        assertThat(run(new JoinCommand(host).spec(), words())).isEqualTo(1);

        assertThat(err).contains("no such thing");
        assertThat(out).isEmpty();
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).containsExactly(etc.resolve("wireguard/wg0.conf"));
        }
    }

    @Test
    void whatCannotBeTakenBackDoesNotHideWhatFailedFirst() throws IOException {
        host.failing = "wg-quick";
        host.interfaces.clear();
        host.appearing = true;

        assertThat(run(new JoinCommand(host).spec(), words())).isEqualTo(1);

        assertThat(err)
                .contains("no such thing: wg-quick up")
                .contains("was not taken back", "no such thing: wg-quick down", "wgsd leave");
        assertThat(etc.resolve("wgsd/wgsd0.joined")).exists();
    }

    @Test
    void aJoinThatDidNotComeToItsEndIsNotTakenForAWholeOne() throws IOException {
        join();
        Path made = etc.resolve("wgsd/wgsd0.joined");
        List<String> lines = Files.readAllLines(made);
        Files.write(made, lines.subList(0, lines.size() - 2));
        host.ran.clear();

        assertThat(run(new JoinCommand(host).spec(), words())).isNotZero();

        assertThat(err).contains("did not come to its end", "wgsd leave --device wgsd0");
        assertThat(out).isEmpty();
        assertThat(run(new LeaveCommand(host).spec(), places())).as(err).isZero();
        join();
    }

    @Test
    void anAddressThatTheHostUsesAlreadyIsRefusedToRegistriesAndToItself() {
        host.networks.add(IpPrefix.parse("192.168.1.0/24"));

        assertThat(run(new JoinCommand(host).spec(), replaced(",10.0.0.254/32", ",10.0.0.254/32,192.168.1.1/32")))
                .isNotZero();
        assertThat(err).contains("this host is in the network 192.168.1.0/24 already", "192.168.1.1/32");
        assertThat(run(new JoinCommand(host).spec(), replaced("allowed=10.0.0.3/32", "allowed=192.168.1.9/32")))
                .isNotZero();
        assertThat(err).contains("this host is in the network 192.168.1.0/24 already", "192.168.1.9/32");
        assertThat(etc.resolve("wgsd")).doesNotExist();
    }

    private String[] replaced(String word, String other) {
        return Stream.of(words()).map(each -> each.replace(word, other)).toArray(String[]::new);
    }

    @Test
    void aRangeThatTheHostUsesAlreadyIsRefused() {
        host.networks.add(IpPrefix.parse("10.0.0.0/8"));

        assertThat(run(new JoinCommand(host).spec(), words())).isNotZero();

        assertThat(err).contains("this host is in the network 10.0.0.0/8 already");
        assertThat(etc.resolve("wgsd")).doesNotExist();
    }

    @Test
    void aDeviceOrAFileThatIsThereAlreadyIsRefused() {
        host.interfaces.add("wgsd0");
        assertThat(run(new JoinCommand(host).spec(), words())).isNotZero();
        assertThat(err).contains("there is a device wgsd0 already");

        assertThat(run(new JoinCommand(host).spec(), words("--device=wg0"))).isNotZero();
        assertThat(err).contains("there is a " + etc + "/wireguard/wg0.conf already");
    }

    @Test
    void anInvitationThatHasEndedIsRefused() {
        String[] words =
                Stream.of(words()).map(word -> word.replace("2030", "2020")).toArray(String[]::new);

        assertThat(run(new JoinCommand(host).spec(), words)).isNotZero();

        assertThat(err).contains("the invitation has ended at 2020-01-31T12:00:00Z");
    }

    @Test
    void anInvitationMayBeAFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("invitation"),
                Invitation.parse(InvitationTest.WORDS).line());

        assertThat(run(new JoinCommand(host).spec(), with(places(), file.toString())))
                .isZero();

        assertThat(out).startsWith("wgsd member add alice --key ");
    }

    @Test
    void elsewhereOnlyTheFilesAreWritten() {
        host.linux = false;

        join();

        assertThat(host.ran).isEmpty();
        assertThat(err).contains("nothing was started; bring the device up from " + etc + "/wireguard/wgsd0.conf");
    }

    private void join() {
        assertThat(run(new JoinCommand(host).spec(), words())).as(err).isZero();
    }

    private String[] words(String... more) {
        return with(with(places(), more), InvitationTest.WORDS.toArray(String[]::new));
    }

    private String[] places() {
        return new String[] {"--etc=" + etc, "--state=" + directory.resolve("state")};
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private int run(CommandSpec spec, String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine command = new CommandLine(spec);
        command.setOut(new PrintWriter(output, true));
        command.setErr(new PrintWriter(errors, true));
        command.setExecutionExceptionHandler((e, line, result) -> {
            line.getErr().println(e.getMessage());
            return 1;
        });
        int status = command.execute(arguments);
        out = output.toString();
        err = errors.toString();
        return status;
    }

    /** A host without a service manager, whose programs do nothing. */
    private static final class FakeHost implements Host {

        private final Set<String> interfaces = new HashSet<>();
        private final List<IpPrefix> networks = new ArrayList<>();
        private final List<String> ran = new ArrayList<>();
        private String failing = "nothing";
        private boolean linux = true;
        /** Whether a device is there although the program that makes it has failed. */
        private boolean appearing;

        @Override
        public boolean isLinux() {
            return linux;
        }

        @Override
        public boolean hasSystemd() {
            return false;
        }

        @Override
        public boolean hasInterface(String name) {
            return interfaces.contains(name);
        }

        @Override
        public List<IpPrefix> networksBeside(String device) {
            return networks;
        }

        @Override
        public boolean succeeds(String... command) {
            return true;
        }

        @Override
        public void run(String... command) throws IOException {
            String line = String.join(" ", command);
            if (line.startsWith(failing)) {
                if (appearing) {
                    interfaces.add("wgsd0");
                }
                throw new IOException("no such thing: " + line);
            }
            ran.add(line);
        }
    }
}
