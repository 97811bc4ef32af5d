package io.wgsd.tests.dns;

import static io.wgsd.tests.lab.LabNetwork.ZONE;
import static io.wgsd.tests.lab.LabNetwork.instance;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.lab.Outside;
import io.wgsd.tests.lab.Unbound;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Common DNS tools, and resolvers in front, understand a registry and get the same answers. */
@Timeout(180)
class DnsToolsTest {

    private static final int PEERS = 30;
    private static final String REGISTRY = "127.0.0.1";
    private static final String UNBOUND = "127.0.0.3";
    private static final String BIND = "127.0.0.4";
    private static final String LIST = "_wireguard._udp." + ZONE;
    private static final String HOST = instance(1).replaceAll("=.*", "." + ZONE);
    private static final String UNPADDED = instance(1).replace("=", "");

    @TempDir
    private static Path directory;

    private static LabNetwork network;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Program.require("named", "bind9");
        network = LabNetwork.up(directory);
        LabNetwork.configure(network.wireGuard(), "07".repeat(32), 1, PEERS);
        for (String address : List.of(UNBOUND, BIND)) {
            network.addAddress(address);
        }
        network.wgsd("registry", "--zone=" + ZONE, "--device=wg0", "--listen=127.0.0.1:53")
                .awaitLine("ready");
        Unbound.start(network, directory, UNBOUND, REGISTRY, "domain-insecure: \"example.com.\"");
        network.background(List.of("named", "-g", "-c", write("named.conf", """
                options {
                    directory "%s"; listen-on { 127.0.0.4; }; listen-on-v6 { none; };
                    pid-file none; session-keyfile none; dnssec-validation no; recursion yes;
                    qname-minimization strict;
                };
                controls { };
                zone "example.com" { type static-stub; server-addresses { 127.0.0.1; }; };
                """.formatted(directory))));
        for (String resolver : List.of(UNBOUND, BIND)) {
            network.await(resolver, ZONE, "SOA", answer -> answer.startsWith("ns1."));
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    static Stream<List<String>> waysToAsk() {
        List<List<String>> ways = new ArrayList<>();
        for (String server : List.of(REGISTRY, UNBOUND, BIND)) {
            for (String edns : List.of("+edns=0", "+noedns", "+bufsize=512")) {
                for (String protocol : List.of("+notcp", "+tcp")) {
                    ways.add(List.of("dig", "@" + server, edns, protocol));
                }
            }
        }
        // Here +notcp would also forbid to come again by TCP.
        for (String server : List.of(REGISTRY, UNBOUND)) {
            for (String edns : List.of("+edns=0", "+noedns")) {
                for (String protocol : List.of("+noignore", "+tcp")) {
                    ways.add(List.of("kdig", "@" + server, edns, protocol));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("waysToAsk")
    void everyToolGetsTheSameAnswers(List<String> tool) throws Exception {
        // kdig prints a remark on TC there too.
        assertThat(ask(tool, "+short", LIST, "PTR").lines().filter(line -> line.endsWith("." + LIST + ".")))
                .hasSize(PEERS);
        assertThat(ask(tool, "+short", instance(1), "SRV"))
                .startsWith("0 0 1025 ")
                .contains(HOST);
        assertThat(ask(tool, "+short", instance(1), "TXT")).contains("\"txtvers=1\"");
        assertThat(ask(tool, "+short", HOST, "A").lines()).contains("203.0.113.1");
        assertThat(ask(tool, "+short", UNPADDED, "SRV")).contains("0 0 1025 ");
        assertThat(ask(tool, "nobody." + ZONE, "A")).contains("NXDOMAIN");
        assertThat(ask(tool, "x.y." + LIST, "SRV")).contains("NXDOMAIN");
        assertThat(ask(tool, HOST, "AAAA")).contains("NOERROR").doesNotContain("203.0.113.1");
        assertThat(ask(tool, "_udp." + ZONE, "TXT")).contains("NOERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {REGISTRY, UNBOUND})
    void drillAndHostAgree(String server) throws Exception {
        assertThat(run("drill", "@" + server, HOST, "A"))
                .contains("203.0.113.1")
                .contains("NOERROR");
        assertThat(run("drill", "@" + server, "nobody." + ZONE, "A")).contains("NXDOMAIN");
        assertThat(run("host", HOST, server)).contains("has address 203.0.113.1");
        assertThat(run("host", "nobody." + ZONE, server)).contains("NXDOMAIN");
        assertThat(run("host", "-t", "SRV", instance(1), server)).contains("has SRV record 0 0 1025");
    }

    /**
     * RFC 6763: from a domain to the domains to browse, to its types of services, to one's instances, to where one is.
     */
    @Test
    void aBrowserFindsItsWay() throws Exception {
        assertThat(network.dig(REGISTRY, "b._dns-sd._udp." + ZONE, "PTR").strip())
                .isEqualTo(ZONE + ".");
        String type =
                network.dig(REGISTRY, "_services._dns-sd._udp." + ZONE, "PTR").strip();
        String first = network.dig(REGISTRY, type, "PTR").lines().findFirst().orElseThrow();
        String[] service = network.dig(REGISTRY, first, "SRV").strip().split(" ");
        assertThat(network.dig(REGISTRY, service[3], "A")).startsWith("203.0.113.1");
        assertThat(network.dig(REGISTRY, first, "TXT")).startsWith("\"txtvers=1\"");
    }

    @Test
    void nothingIsFragmentedAtTheSmallestMtu() throws Exception {
        Outside outside = network.outside("198.51.100.1", "198.51.100.7");
        for (String[] command : new String[][] {
            {"ip", "address", "add", "2001:db8:1::1/64", "dev", "out0", "nodad"},
            {"ip", "link", "set", "out0", "mtu", "1280"},
        }) {
            network.run(command);
        }
        outside.run("ip", "address", "add", "2001:db8:1::7/64", "dev", "in0", "nodad");
        outside.run("ip", "link", "set", "in0", "mtu", "1280");
        network.wgsd(
                        "registry",
                        "--zone=" + ZONE,
                        "--device=wg0",
                        "--listen=[2001:db8:1::1]:53",
                        "--allow=2001:db8:1::/64",
                        "--enumerate=any")
                .awaitLine("ready");

        String[] list = {"dig", "+bufsize=4096", "+ignore", "@2001:db8:1::1", LIST, "PTR"};
        assertThat(outside.run(list)).contains(" tc");
        assertThat(outside.run("dig", "+short", "@2001:db8:1::1", LIST, "PTR").lines())
                .hasSize(PEERS);
        assertThat(outside.run("dig", "+bufsize=4096", "@2001:db8:1::1", instance(1), "SRV"))
                .contains("1025");
        assertThat(network.run("cat", "/proc/net/snmp6").output().lines())
                .filteredOn(line -> line.startsWith("Ip6FragCreates") || line.startsWith("Ip6FragFails"))
                .hasSize(2)
                .allMatch(line -> line.matches("\\w+\\s+0"));
    }

    private static String ask(List<String> tool, String... question) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(tool);
        all.addAll(List.of(question));
        return run(all.toArray(String[]::new));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return network.run(command).output();
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }
}
