package io.wgsd.tests.docs;

import static io.wgsd.tests.docs.DocsNetwork.ZONE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.lab.Outside;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of other name servers, taken as they are on the pages by hosts that have nothing else. */
@Timeout(180)
class NameServerPagesTest {

    static final List<String> PAGES = List.of("docs/secondaries.md", "docs/publishing.md");

    private static final String REGISTRY = "192.0.2.1";
    private static final String SECONDARY = "192.0.2.2";
    private static final String PRIMARY = "192.0.2.53";
    private static final String SECRET = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";

    /** What their packages bring: folders, and accounts that may write there. */
    private static final String PREPARE = "mount -t tmpfs tmpfs /run; ip link set lo up;"
            + " mkdir -p /run/named /run/knot /run/nsd; chown nsd /run/nsd; exec \"$@\"";

    @TempDir
    private Path directory;

    private DocsNetwork host;
    private Operator other;

    @BeforeEach
    void up() throws IOException, InterruptedException {
        host = DocsNetwork.up(directory);
    }

    @AfterEach
    void down() throws IOException, InterruptedException {
        if (other != null) {
            other.close();
        }
        if (host != null) {
            host.close();
        }
    }

    @Test
    void eachSecondaryCarriesTheZone() throws IOException, InterruptedException {
        other = beside(SECONDARY);
        for (Block block : Page.blocks("docs/secondaries.md")) {
            switch (block.heading()) {
                case "BIND" -> bind(block);
                case "Knot" -> knot(block);
                case "NSD" -> nsd(block);
                default -> {
                    host.operator().follow(block);
                    // Peers are served as well as secondaries.
                    host.awaitListed(ZONE, DocsNetwork.TUNNEL_ADDRESS, 3);
                    continue;
                }
            }
            String serial = host.network().dig(REGISTRY, ZONE, "SOA");
            await(SECONDARY, serial::equals);
            other.end("server");
        }
    }

    @Test
    void eachPrimaryIsKeptUpToDate() throws IOException, InterruptedException {
        other = beside(PRIMARY);
        other.write("wg.example.com", resource("/primary/zone").replace("@ZONE@", ZONE), "644");
        host.operator().write("/etc/wgsd/registry.key", SECRET + "\n", "600");
        List<Block> powerDns = new ArrayList<>();
        List<Block> registry = new ArrayList<>();
        for (Block block : Page.blocks("docs/publishing.md")) {
            switch (block.heading()) {
                case "BIND" -> {
                    bind(block.with("…", SECRET));
                    publishes(registry);
                }
                case "Knot" -> {
                    other.run("cp wg.example.com /var/lib/knot/wg.example.com.zone", block);
                    knot(block.with("…", SECRET));
                    publishes(registry);
                }
                case "PowerDNS" -> powerDns.add(block.with("…", SECRET));
                default -> registry.add(block);
            }
        }
        powerDns(powerDns);
        publishes(registry);
    }

    /** Has the registry publish, and waits until the primary has its peers. */
    private void publishes(List<Block> commands) throws IOException, InterruptedException {
        await(PRIMARY, answer -> answer.contains("hostmaster"));
        for (Block block : commands) {
            host.operator().follow(block);
        }
        String key = "hmac-sha256:registry:" + SECRET;
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        while (host.network().transferZone(ZONE, PRIMARY, "-y", key).stream()
                        .filter(line -> line.contains(" SRV 0 0 1025 "))
                        .count()
                == 0) {
            assertThat(System.nanoTime())
                    .as("what the primary has: %s", host.network().transferZone(ZONE, PRIMARY, "-y", key))
                    .isLessThan(deadline);
        }
        host.operator().end("registry");
        other.end("server");
    }

    private void await(String server, Predicate<String> soa) throws IOException, InterruptedException {
        try {
            host.network().await(server, ZONE, "SOA", soa);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + other.logs(), e);
        }
    }

    private void bind(Block block) throws IOException, InterruptedException {
        other.write("named.conf", block.text(), "644");
        serve(Program.require("named", "bind9") + " -g -c named.conf");
    }

    private void knot(Block block) throws IOException, InterruptedException {
        other.write("knot.conf", block.text(), "644");
        serve(Program.require("knotd", "knot") + " -c knot.conf");
    }

    private void nsd(Block block) throws IOException, InterruptedException {
        other.write("nsd.conf", block.text(), "644");
        serve(Program.require("nsd", "nsd") + " -d -c nsd.conf");
    }

    private void powerDns(List<Block> blocks) throws IOException, InterruptedException {
        Program.require("sqlite3", "sqlite3");
        String database = "launch=gsqlite3\ngsqlite3-database=/var/lib/powerdns/pdns.sqlite3\nsocket-dir=/run\n";
        other.run(
                "mkdir -p /var/lib/powerdns; sqlite3 /var/lib/powerdns/pdns.sqlite3"
                        + " < /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql",
                "PowerDNS");
        other.write("/etc/powerdns/pdns.conf", database + blocks.get(0).text(), "644");
        other.run(
                "pdnsutil load-zone wg.example.com wg.example.com; pdnsutil set-kind wg.example.com primary",
                "PowerDNS");
        for (Block block : blocks.subList(1, blocks.size())) {
            other.follow(block);
        }
        serve(Program.require("pdns_server", "pdns-server") + " --daemon=no --guardian=no");
    }

    private void serve(String command) throws IOException {
        other.startAs("server", command);
    }

    /** Returns a host on the registry's network, outside the tunnel. */
    private Operator beside(String address) throws IOException, InterruptedException {
        Outside network = host.network().outside(REGISTRY, address);
        Path files = Files.createDirectory(directory.resolve("other"));
        Operator operator = Operator.of(files, words -> {
            List<String> all = new ArrayList<>(List.of("unshare", "-m", "sh", "-ec", PREPARE, "sh"));
            all.addAll(words);
            return network.inside(all);
        });
        operator.run("mkdir -p /var/lib/knot /var/lib/nsd; chown nsd /var/lib/nsd", "their packages' folders");
        return operator;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = NameServerPagesTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }
}
