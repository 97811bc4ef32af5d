package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.TrustAnchors;
import io.wgsd.dnssd.ZoneFile;
import io.wgsd.members.MembersVerifier;
import io.wgsd.members.MembersZone;
import io.wgsd.members.UnfitZoneException;
import io.wgsd.members.VerifiedNetwork;
import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** An owner's day, by the commands of {@code wgsd member}. */
class MemberCommandTest {

    private static final DnsSdNames NAMES = DnsSdNames.parse("example.com");
    private static final String ALICE = "YdwjF6SQDBGUYgmtTqI0TIJ7t7LHjRNIXPbQnm5fCws=";
    private static final String HUB = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";
    private static final String BOB = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    @TempDir
    private Path directory;

    private Path folder;
    private Path standby;
    private Path published;
    private String out = "";
    private String err = "";

    @BeforeEach
    void begin() {
        folder = directory.resolve("network");
        standby = directory.resolve("standby");
        published = directory.resolve("published.zone");
        done("init", "--zone=example.com", "--range=10.0.0.0/24", "--range=fd00::/64", "--standby=" + standby);
    }

    @Test
    void initMakesTwoKeysForTheOwnerAloneAndTheAnchorsOfBoth() throws IOException {
        assertThat(err).contains("take the second key, in " + standby + ", to another place");
        for (Path keys : List.of(folder.resolve("keys"), standby)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(keys)) {
                assertThat(files.filter(file -> file.toString().endsWith(".private")))
                        .singleElement()
                        .satisfies(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
        assertThat(TrustAnchors.read(MembersZone.names(NAMES), folder.resolve("anchors")))
                .hasSize(2);
        assertThat(run("init", "--zone=example.com", "--range=10.0.0.0/24", "--standby=" + standby))
                .isEqualTo(2);
        assertThat(err).contains("there is something already");
    }

    @Test
    void aMemberGetsTheNextFreeAddressesUnlessOthersAreGiven() {
        done("add", "alice", "--key=" + ALICE, "--group=servers");
        assertThat(out).isEqualTo("member alice key=" + ALICE + " allowed=10.0.0.1/32,fd00::1/128 group=servers\n");

        done("add", "bob", "--key=" + BOB, "--allowed=10.0.0.9/32");
        assertThat(out).isEqualTo("member bob key=" + BOB + " allowed=10.0.0.9/32\n");
    }

    @Test
    void anInvitedHostIsAddedByTheLineThatItPrintsWithTheAddressesThatWereKept() {
        done("add", "hub", "--key=" + HUB, "--role=registry", "--endpoint=192.0.2.1:51820", "--allowed=10.0.0.254/32");
        done("invite", "alice", "--group=servers");
        assertThat(out)
                .matches("wgsd join zone=example\\.com name=alice allowed=10\\.0\\.0\\.1/32,fd00::1/128"
                        + " range=10\\.0\\.0\\.0/24,fd00::/64 registry=hub,\\S+,192\\.0\\.2\\.1:51820,10\\.0\\.0\\.254/32"
                        + " anchor=DNSKEY,257,3,15,\\S+ anchor=DNSKEY,257,3,15,\\S+ until=\\S+Z\n");
        done("add", "bob", "--key=" + BOB);
        assertThat(out).contains("allowed=10.0.0.2/32,fd00::2/128");

        done("add", "alice", "--key=" + ALICE);

        assertThat(out).isEqualTo("member alice key=" + ALICE + " allowed=10.0.0.1/32,fd00::1/128 group=servers\n");
        done("list");
        assertThat(out).doesNotContain("invited");
    }

    @Test
    void aRegistryIsInvitedFirstOfAll() {
        done("invite", "hub", "--registry=192.0.2.1:51820", "--hub");
        assertThat(out).contains(" allowed=10.0.0.0/24,10.0.0.1/32,fd00::/64,fd00::1/128 endpoint=192.0.2.1:51820 ");

        done("add", "hub", "--key=" + HUB);

        assertThat(out).startsWith("registry hub key=" + HUB).contains(" endpoint=192.0.2.1:51820");
        done("invite", "alice");
        assertThat(out).contains(" registry=hub," + HUB + ",192.0.2.1:51820,10.0.0.0/24,10.0.0.1/32,");
        assertThat(run("invite", "bob", "--hub")).isEqualTo(2);
    }

    @Test
    void aPhoneIsAddedWithAConfigurationThatNobodyElseMayRead() throws IOException {
        done("invite", "hub", "--registry=192.0.2.1:51820", "--hub");
        done("add", "hub", "--key=" + HUB);
        Path file = directory.resolve("phone.conf");

        done("invite", "phone", "--conf=" + file, "--resolver=10.0.0.9");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String text = Files.readString(file);
        String secret = text.lines().toList().get(1).substring("PrivateKey = ".length());
        assertThat(text.replace(secret, "…")).isEqualTo("""
                [Interface]
                PrivateKey = …
                Address = 10.0.0.2/32, fd00::2/128
                DNS = 10.0.0.9, members.example.com

                # hub
                [Peer]
                PublicKey = %s
                Endpoint = 192.0.2.1:51820
                AllowedIPs = 10.0.0.0/24, 10.0.0.1/32, fd00::/64, fd00::1/128
                PersistentKeepalive = 25
                """.formatted(HUB));
        try (SecretKey key = SecretKey.parseBase64(secret.toCharArray())) {
            assertThat(out).isEqualTo("member phone key=" + key.publicKey() + " allowed=10.0.0.2/32,fd00::2/128\n");
        }
        assertThat(out + err).doesNotContain(secret);
        assertThat(run("invite", "other", "--conf=" + file)).isEqualTo(1);
        assertThat(err).contains("cannot write " + file);
        done("list");
        assertThat(out).doesNotContain("other");
    }

    @Test
    void aPhoneIsAddedWithAConfigurationThatIsOnlyShown() {
        done("invite", "hub", "--registry=192.0.2.1:51820", "--hub");
        done("add", "hub", "--key=" + HUB);
        done("invite", "phone", "--qr");

        List<String> lines = out.lines().toList();
        assertThat(lines).hasSizeGreaterThan(20);
        assertThat(lines).last().asString().startsWith("member phone key=");
        assertThat(out + err).doesNotContain("PrivateKey");
        assertThat(err).contains("what is shown has the private key of phone");
        assertThat(run("invite", "other", "--qr", "--registry=192.0.2.1:51820")).isEqualTo(2);
    }

    @Test
    void aConfigurationOfAHostThatCouldNotBeAddedIsTakenAway() throws IOException {
        done("invite", "hub", "--registry=192.0.2.1:51820", "--hub");
        done("add", "hub", "--key=" + HUB);
        Files.createDirectories(folder.resolve("network.members.new/in-the-way"));
        Path file = directory.resolve("phone.conf");

        assertThat(run("invite", "phone", "--conf=" + file)).isEqualTo(1);

        assertThat(file).doesNotExist();
        assertThat(out).isEmpty();
    }

    @Test
    void whatIsKeptForAnInvitedHostIsNobodyElses() throws IOException {
        done("add", "hub", "--key=" + HUB, "--role=registry", "--endpoint=192.0.2.1:51820", "--allowed=10.0.0.254/32");
        done("invite", "alice", "--allowed=10.0.0.9/32");

        assertThat(run("invite", "bob", "--allowed=10.0.0.9/32")).isEqualTo(2);
        assertThat(err).contains("an address of bob is kept for alice until", "wgsd member remove alice");
        assertThat(run("add", "bob", "--key=" + BOB, "--allowed=10.0.0.9/32")).isEqualTo(2);
        assertThat(err).contains("an address of bob is kept for alice until");
        assertThat(run("rename", "hub", "alice")).isEqualTo(2);
        done("list");
    }

    @Test
    void anInvitationIsRenewedWithTheSameAddressesOrForgotten() {
        done("add", "hub", "--key=" + HUB, "--role=registry", "--endpoint=192.0.2.1:51820", "--allowed=10.0.0.254/32");
        done("invite", "alice");
        done("invite", "bob");
        done("invite", "alice", "--days=30");
        assertThat(out).contains(" allowed=10.0.0.1/32,fd00::1/128 ");
        done("list");
        assertThat(out).contains("\ninvited alice until=");

        assertThat(run("add", "alice", "--key=" + ALICE, "--allowed=10.0.0.9/32"))
                .isEqualTo(2);
        assertThat(err).contains("was invited with all that it has");
        done("remove", "alice");
        done("invite", "carol");
        assertThat(out).contains(" allowed=10.0.0.1/32,fd00::1/128 ");
    }

    @Test
    void anInvitationThatHasEndedAddsNobody() throws IOException {
        done("add", "hub", "--key=" + HUB, "--role=registry", "--endpoint=192.0.2.1:51820", "--allowed=10.0.0.254/32");
        Files.writeString(
                folder.resolve("network.members"),
                "invited alice until=2020-01-31T12:00:00Z allowed=10.0.0.1/32\n",
                StandardOpenOption.APPEND);

        assertThat(run("add", "alice", "--key=" + ALICE)).isEqualTo(2);
        assertThat(err).contains("the invitation of alice has ended at 2020-01-31T12:00:00Z");
    }

    @Test
    void nobodyIsInvitedWithoutARegistryOrTwice() {
        assertThat(run("invite", "alice")).isEqualTo(2);
        assertThat(err).contains("the network has no registry yet");
        done("add", "alice", "--key=" + ALICE);
        assertThat(run("invite", "alice")).isEqualTo(2);
        assertThat(err).contains("there is a member \"alice\" already");
    }

    @Test
    void whatAnotherMemberHasIsRefused() {
        done("add", "alice", "--key=" + ALICE);

        assertThat(run("add", "bob", "--key=" + ALICE)).isEqualTo(2);
        assertThat(err).contains("its key is alice's already");
        assertThat(run("add", "Alice", "--key=" + BOB)).isEqualTo(2);
        assertThat(err).contains("there is a member \"Alice\" already");
        assertThat(run("add", "bob", "--key=" + BOB, "--allowed=10.0.0.1/32")).isEqualTo(2);
        assertThat(err).contains("10.0.0.1/32 is alice's already");
    }

    @Test
    void whatIsSignedAndPublishedIsWhatHostsBelieve() throws Exception {
        done("add", "alice", "--key=" + ALICE);
        done("add", "bob", "--key=" + BOB);
        done("disable", "bob");

        done("sign", "--days=9");
        assertThat(err).contains("1 members are signed until ");
        done("publish", published.toString());

        assertThat(published().network().member("alice")).isPresent();
        assertThat(published().network().member("bob")).isEmpty();
        done("enable", "bob");
        done("rename", "bob", "robert");
        done("sign");
        done("sign");
        done("publish", published.toString());
        assertThat(published().network().member("robert")).isPresent();
        done("publish", published.toString());
        assertThat(err).contains("already");
        done("remove", "robert");
        done("list");
        assertThat(out).isEqualTo("alice  " + ALICE + "  10.0.0.1/32,fd00::1/128\n");
    }

    @Test
    void aZoneThatIsNotBasedOnThePublishedOneIsRefused() throws IOException {
        done("add", "alice", "--key=" + ALICE);
        done("sign");
        done("publish", published.toString());
        Path zone = folder.resolve("members.example.com.zone");
        byte[] ofOtherOwner = Files.readAllBytes(zone);
        done("sign");
        done("publish", published.toString());

        Files.write(zone, ofOtherOwner);
        done("add", "bob", "--key=" + BOB);
        done("sign");

        assertThat(run("publish", published.toString())).isEqualTo(1);
        assertThat(err).contains("another owner has published meanwhile");
    }

    @Test
    void theStandbyKeySignsWhenTheOwnersIsLost() throws Exception {
        Files.walk(folder.resolve("keys")).sorted(Comparator.reverseOrder()).forEach(this::delete);

        assertThat(run("sign")).isEqualTo(1);
        done("sign", "--keys=" + standby);
        done("publish", published.toString());

        assertThat(published().network().members()).isEmpty();
    }

    @Test
    void aSuccessorSignsTogetherWithTheKeyBeforeIt() throws Exception {
        done("roll");
        assertThat(err).contains("wgsd key retire --zone members.example.com. --dir " + folder.resolve("keys"));
        done("sign");
        done("publish", published.toString());

        assertThat(TrustAnchors.read(MembersZone.names(NAMES), folder.resolve("anchors")))
                .hasSize(3);
        assertThat(published().network().members()).isEmpty();
        assertThat(run("roll")).isEqualTo(2);
    }

    @Test
    void aMistakeInTheFileIsNamedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("network.members"), "zone example.com\nmember alice key=x\n");

        assertThat(run("list")).isEqualTo(1);
        assertThat(err).contains("network.members, line 2 \"member alice key=x\": public key \"x\": must be 32 bytes");
    }

    @Test
    void membersAreListedForPrograms() {
        done("add", "hub", "--key=" + ALICE, "--role=registry", "--endpoint=192.0.2.1:51820");

        done("list", "--json");

        assertThat(out)
                .isEqualTo("[{\"name\":\"hub\",\"publicKey\":\"" + ALICE + "\",\"role\":\"registry\","
                        + "\"allowedIps\":[\"10.0.0.1/32\",\"fd00::1/128\"],\"endpoints\":[\"192.0.2.1:51820\"],"
                        + "\"groups\":[],\"disabled\":false}]\n");
    }

    private VerifiedNetwork published() throws IOException, UnfitZoneException {
        return new MembersVerifier(NAMES, TrustAnchors.read(MembersZone.names(NAMES), folder.resolve("anchors")))
                .verifyEachSignature(ZoneFile.parse(MembersZone.names(NAMES).origin(), Files.readAllBytes(published)));
    }

    private void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void done(String... words) {
        assertThat(run(words)).as(err).isZero();
    }

    /** Runs {@code wgsd member} as the command line does, and keeps what it prints. */
    private int run(String... words) {
        StringWriter printed = new StringWriter();
        StringWriter said = new StringWriter();
        String[] all =
                Stream.concat(Stream.of(words), Stream.of("--dir=" + folder)).toArray(String[]::new);
        int status = new CommandLine(MemberCommand.spec())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(e.getMessage());
                    return e instanceof RuntimeException ? 2 : 1;
                })
                .execute(all);
        out = printed.toString();
        err = said.toString();
        return status;
    }
}
