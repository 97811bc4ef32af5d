package io.wgsd.tests.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.model.PublicKey;
import io.wgsd.tests.embedding.UserspaceDevice;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Program.Result;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package: what it does to a clean Debian that has Java, and to one that had it before. */
@Timeout(300)
class DebianPackageTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final PublicKey PEER = PublicKey.parse("xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=");
    private static final String DEB = "/mnt/wgsd.deb";
    private static final String ARCHIVES = "ls /var/cache/wgsd | wc -l";
    /** All files, but those that dpkg and Debian's tools for users and Java keep for themselves. */
    private static final String FILES = "find / -xdev \\( -path /var/lib/dpkg -o -path /var/log -o -path /proc -o -path"
            + " /var/lib/apt -o -path /var/cache/apt -o -path /tmp \\) -prune -o ! -name '*-' -print | sort";

    @TempDir
    private Path directory;

    private DebianRoot debian;

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        Path deb = Packages.deb();
        debian = DebianRoot.withJava(directory);
        Files.copy(deb, debian.mnt().resolve("wgsd.deb"));
    }

    @AfterEach
    void remove() throws IOException, InterruptedException {
        if (debian != null) {
            debian.close();
        }
    }

    @Test
    void itInstallsTheCommandWithAnArchiveOfItsClasses() throws IOException, InterruptedException {
        debian.run("apt-get", "-qq", "-y", "install", DEB);

        assertThat(debian.run("wgsd", "--version")).startsWith("wgsd ");
        assertThat(sh(ARCHIVES)).isEqualTo("1");
        assertThat(sh("stat -c '%U %a' /var/lib/wgsd /etc/wgsd/keys /etc/wgsd/secrets"))
                .isEqualTo("wgsd 700\nwgsd 700\nroot 700");
        assertThat(debian.run("dpkg", "--verify", "wgsd")).isEmpty();
        // Nobody has said yet which zone to serve: that is a mistake of the settings, after which no unit restarts it.
        Result result = debian.attempt(exec("wgsd-registry.service"));
        assertThat(result.output()).contains("/etc/wgsd/registry.toml: there is no registry");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void registryAndAgentRunAsTheirUnitsSayWhenTheCommentsAreTakenOff() throws IOException, InterruptedException {
        install();
        Path sockets = Files.createDirectory(debian.run().resolve("wireguard"));
        int port = Ports.free();
        sh("sed -i 's/^#\\(\\[\\[registry\\|zone\\|device\\|state\\)/\\1/; s/^#listen.*/listen = [\"127.0.0.1:" + port
                + "\"]/' /etc/wgsd/registry.toml");
        sh("sed -i 's/^#\\(WGSD_OPTIONS=.*\\)10.0.0.254/\\1127.0.0.1:" + port
                + " --insecure-dns/' /etc/wgsd/agent.env");
        sh("mkdir -m 755 /run/wgsd && chown wgsd /run/wgsd");
        String device = "public_key=" + PEER.toHex() + "\nendpoint=192.0.2.1:51820\nallowed_ip=10.0.0.1/32\n";
        try (UserspaceDevice wg0 = UserspaceDevice.listen(sockets.resolve("wg0.sock"), device)) {
            Files.setPosixFilePermissions(sockets.resolve("wg0.sock"), PosixFilePermissions.fromString("rwxrwxrwx"));
            try (Background registry = debian.start(exec("wgsd-registry.service"))) {
                registry.awaitLine("ready");
                assertThat(dig(port, "_wireguard._udp.wg.example.com", "PTR")).contains(PEER.toBase32());
                try (Background agent = debian.start(exec("wgsd-agent@.service"))) {
                    agent.awaitLine("ready: the agent maintains the peers of wg0");
                }
            }
        }
    }

    @Test
    void anUpgradeKeepsSettingsKeysAndStateAndReplacesTheArchive() throws IOException, InterruptedException {
        older("0.0.1");
        debian.run("dpkg", "-i", "/mnt/older.deb");
        String first = sh("ls /var/cache/wgsd");
        sh("echo '# mine' >>/etc/wgsd/registry.toml; echo key >/etc/wgsd/keys/k; echo 1 >/var/lib/wgsd/serial");
        // What is newer has other jars.
        sh("touch -d 2020-01-01 /usr/share/wgsd/lib/wgsd.jar");

        debian.run("dpkg", "-i", DEB);

        assertThat(sh("tail -n 1 /etc/wgsd/registry.toml; cat /etc/wgsd/keys/k /var/lib/wgsd/serial"))
                .isEqualTo("# mine\nkey\n1");
        assertThat(sh(ARCHIVES)).isEqualTo("1");
        assertThat(first).endsWith(".jsa");
        assertThat(debian.run("wgsd", "--version")).doesNotContain("0.0.1");
    }

    @Test
    void removalKeepsSettingsAndStateAndAPurgeLeavesOnlyWhatTheAdministratorPutThere()
            throws IOException, InterruptedException {
        List<String> before = sh(FILES).lines().toList();
        install();
        sh("echo key >/etc/wgsd/keys/mine; echo 1 >/var/lib/wgsd/serial");

        debian.run("dpkg", "--remove", "wgsd");
        assertThat(added(before))
                .contains("/etc/wgsd/registry.toml", "/etc/wgsd/agent.env", "/var/lib/wgsd/serial")
                .allMatch(file -> file.startsWith("/etc/wgsd") || file.startsWith("/var/lib/wgsd"));

        debian.run("dpkg", "--purge", "wgsd");
        assertThat(added(before)).containsExactly("/etc/wgsd", "/etc/wgsd/keys", "/etc/wgsd/keys/mine");
        assertThat(debian.attempt("dpkg", "-s", "wgsd").status()).isOne();
    }

    @Test
    void lintianFindsNoErrors() throws IOException, InterruptedException {
        String lintian = Program.require("lintian", "lintian");

        Result result = Program.run(
                LIMIT, new ProcessBuilder(lintian, "--allow-root", "--fail-on", "error", debian.mnt() + "/wgsd.deb"));

        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    void itNamesTheLicenceOfEachJar() throws IOException {
        List<Pattern> named = Files.readAllLines(Path.of("../wgsd-command/src/main/dist/COPYRIGHT")).stream()
                .filter(line -> line.matches("(Files:)? lib/.*"))
                .map(line -> line.substring(line.lastIndexOf('/') + 1))
                .map(name -> Pattern.compile(name.replace(".", "\\.").replace("*", ".*")))
                .toList();
        List<String> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Wgsd.LIBRARIES, "*.jar")) {
            files.forEach(file -> jars.add(file.getFileName().toString()));
        }

        assertThat(jars).hasSizeGreaterThan(10);
        assertThat(jars)
                .allMatch(jar -> jar.startsWith("wgsd")
                        || named.stream().anyMatch(name -> name.matcher(jar).matches()));
        assertThat(named)
                .allMatch(
                        name -> jars.stream().anyMatch(jar -> name.matcher(jar).matches()));
    }

    /** Installs it without an archive of classes, which takes seconds. */
    private void install() throws IOException, InterruptedException {
        debian.run("env", "WGSD_NO_ARCHIVE=1", "dpkg", "-i", DEB);
    }

    /** Makes the package of another version. */
    private void older(String version) throws IOException, InterruptedException {
        String words = "dpkg-deb -R wgsd.deb older && sed -i 's/^Version: .*/Version: " + version
                + "/' older/DEBIAN/control && dpkg-deb -Zgzip -z1 -b older older.deb && rm -r older";
        Result result = Program.run(
                LIMIT,
                new ProcessBuilder("sh", "-c", words).directory(debian.mnt().toFile()));
        assertThat(result.status()).as(result.output()).isZero();
    }

    private List<String> added(List<String> before) throws IOException, InterruptedException {
        List<String> now = new ArrayList<>(sh(FILES).lines().toList());
        now.removeAll(before);
        return now;
    }

    /** Returns what a unit starts, for wg0, run by the unit's user. */
    private String[] exec(String unit) throws IOException, InterruptedException {
        String start = sh("grep ^ExecStart= /usr/lib/systemd/system/" + unit)
                .substring("ExecStart=".length())
                .replace("%i", "wg0");
        return new String[] {"sh", "-c", ". /etc/wgsd/agent.env; exec runuser -u wgsd -- " + start};
    }

    private String sh(String script) throws IOException, InterruptedException {
        return debian.run("sh", "-c", script).strip();
    }

    private static String dig(int port, String name, String type) throws IOException, InterruptedException {
        String dig = Program.require("dig", "bind9-dnsutils");
        return Program.run(LIMIT, new ProcessBuilder(dig, "+short", "@127.0.0.1", "-p", "" + port, name, type))
                .output();
    }
}
