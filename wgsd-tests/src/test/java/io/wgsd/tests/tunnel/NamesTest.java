package io.wgsd.tests.tunnel;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static io.wgsd.tests.lab.RealLab.REGISTRY_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that reach each other by name, over real WireGuard: the zone's names by the system's own resolver. */
@Tag("runtime")
class NamesTest {

    private static final String NAME = "bob." + RealLab.ZONE;

    @TempDir
    Path directory;

    @Test
    void aPeerIsReachedByNameInsideTheTunnel() throws IOException, InterruptedException {
        Path names = directory.resolve("names");
        Files.writeString(names, "alice " + ALICE_KEY + "\nbob " + BOB_KEY + "\n");
        Files.writeString(directory.resolve("resolv.conf"), "nameserver 10.0.0.254\n");
        try (RealLab lab = RealLab.up()) {
            addIpv6(lab, "registry", "fd00::254", "peer", BOB_KEY, "allowed-ips", "10.0.0.2/32,fd00::2/128");
            addIpv6(lab, "bob", "fd00::2", "peer", ALICE_KEY, "allowed-ips", "10.0.0.1/32,fd00::1/128");
            addIpv6(lab, "alice", "fd00::1", "peer", BOB_KEY, "allowed-ips", "10.0.0.2/32,fd00::2/128");
            try (Background registry = lab.registry("--names", names.toString())) {
                assertThat(lab.client("alice").status()).isZero();
                assertThat(lab.client("bob").status()).isZero();
                assertThat(lab.ping(15)).isTrue();

                assertThat(dig(lab, NAME, "A")).isEqualTo("10.0.0.2");
                assertThat(dig(lab, NAME, "AAAA")).isEqualTo("fd00::2");
                assertThat(dig(lab, "_wireguard._udp." + NAME, "SRV")).startsWith("0 0 51820 ");
                assertThat(resolved(lab, "ahostsv4")).startsWith("10.0.0.2 ");
                assertThat(resolved(lab, "ahostsv6")).startsWith("fd00::2 ");
                assertThat(withResolver(lab, "ping -4 -c 1 -w 5 " + NAME).status())
                        .isZero();
                assertThat(withResolver(lab, "ping -6 -c 1 -w 5 " + NAME).status())
                        .isZero();

                Files.writeString(names, "alice " + ALICE_KEY + "\nrobert " + BOB_KEY + "\n");
                registry.signal("HUP");
                registry.awaitLine("reloaded");
                assertThat(dig(lab, "robert." + RealLab.ZONE, "A")).isEqualTo("10.0.0.2");
                assertThat(dig(lab, NAME, "A")).isEmpty();
                assertThat(registry.output()).doesNotContain(REGISTRY_KEY, "Exception");
            }
        }
    }

    private static void addIpv6(RealLab lab, String node, String address, String... peer)
            throws IOException, InterruptedException {
        String command = "ip address add " + address + "/64 dev wg0 nodad && wg set wg0 " + String.join(" ", peer);
        Program.Result result = lab.exec(node, "sh", "-c", command);
        assertThat(result.status()).as(result.output()).isZero();
    }

    private static String dig(RealLab lab, String name, String type) throws IOException, InterruptedException {
        return lab.exec("alice", "dig", "+short", "@10.0.0.254", name, type)
                .output()
                .strip();
    }

    /** Asks what programs ask: getaddrinfo(3), with the registry as the system's resolver. */
    private String resolved(RealLab lab, String database) throws IOException, InterruptedException {
        return withResolver(lab, "getent " + database + " " + NAME).output();
    }

    private Program.Result withResolver(RealLab lab, String command) throws IOException, InterruptedException {
        return lab.exec(
                "alice",
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind " + directory.resolve("resolv.conf") + " /etc/resolv.conf && " + command);
    }
}
