package io.wgsd.command.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.SecretKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {

    private static final String ALICE = "YdwjF6SQDBGUYgmtTqI0TIJ7t7LHjRNIXPbQnm5fCws=";
    private static final String BOB = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    @TempDir
    private Path directory;

    private String out = "";
    private String err = "";

    @Test
    void configurationsForWgQuickBecomeLinesWithCommentsAsNames() throws IOException {
        String secret = "aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGU=";
        Path file = Files.writeString(directory.resolve("wg0.conf"), """
                # Made by hand in 2019

                [Interface]
                # The Server
                PrivateKey = %s
                Address = 10.9.0.1/24, fd09::1/64

                # Alice's laptop
                [Peer]
                PublicKey = %s
                PresharedKey = %1$s
                AllowedIPs = 10.9.0.2/32
                [Peer] # friendly_name=hub
                PublicKey = %s
                AllowedIPs = 0.0.0.0/0, 10.9.0.3/32
                Endpoint = vpn.example.com:51820
                """.formatted(secret, ALICE, BOB));

        assertThat(run("import", file.toString())).isZero();

        try (SecretKey key = SecretKey.parseBase64(secret.toCharArray())) {
            assertThat(out).isEqualTo("""
                    range 10.9.0.0/24
                    range fd09::/64
                    member the-server key=%s allowed=10.9.0.1/32,fd09::1/128
                    member alices-laptop key=%s allowed=10.9.0.2/32
                    member hub key=%s allowed=10.9.0.3/32 # reached at vpn.example.com:51820, was the way to everywhere
                    """.formatted(key.publicKey(), ALICE, BOB));
        }
        assertThat(out + err).doesNotContain(secret);
        assertThat(err).contains("preshared keys are left out", "nothing was changed");
    }

    @Test
    void aSettingBehindACommentSignIsNoName() throws IOException {
        String secret = "aGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGVsbG8gaGU=";
        Path file = Files.writeString(directory.resolve("wg0.conf"), """
                [Interface]
                PrivateKey = %s
                Address = 10.9.0.1/24
                # PrivateKey=%1$s
                [Peer]
                PublicKey = %s
                AllowedIPs = 10.9.0.2/32
                [Peer]
                #PresharedKey = %1$s
                PublicKey = %s
                AllowedIPs = 10.9.0.3/32
                """.formatted(secret, ALICE, BOB));

        assertThat(run("import", file.toString())).isZero();

        assertThat(out.lines().skip(2)).allMatch(line -> line.matches("member host-[0-9a-f]{8} key=.*"));
    }

    @Test
    void whatIsNoConfigurationForWgQuickIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("wg0.conf"), "[Peer]\nPublicKey = short\n");

        assertThat(run("import", file.toString())).isEqualTo(1);

        assertThat(err).contains(file + ", line 2: public key \"short\"");
    }

    private int run(String... words) {
        StringWriter printed = new StringWriter();
        StringWriter said = new StringWriter();
        int status = new CommandLine(MemberCommand.spec())
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(said))
                .setExecutionExceptionHandler((e, command, result) -> {
                    command.getErr().println(e.getMessage());
                    return 1;
                })
                .execute(words[0], words[1], "--dir=" + directory);
        out = printed.toString();
        err = said.toString();
        return status;
    }
}
