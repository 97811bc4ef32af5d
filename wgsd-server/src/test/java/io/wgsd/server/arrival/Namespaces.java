package io.wgsd.server.arrival;

import io.wgsd.testkit.contract.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Three network namespaces: the registry's, with an interface wg0 to the peers' and one eth0 to that of all others. The
 * kernel's own guard against forged sources (rp_filter) is off, and the way back to bob's address leads to the others.
 */
final class Namespaces implements AutoCloseable {

    private final String prefix = "wgsd-" + ProcessHandle.current().pid() + "-";

    static Namespaces open() throws IOException {
        Lab.require(
                Files.isExecutable(Path.of("/usr/sbin/ip")) || Files.isExecutable(Path.of("/sbin/ip")),
                "needs the ip command, of Debian's package iproute2");
        Lab.require(isRoot(), "needs root, for network namespaces");
        Namespaces namespaces = new Namespaces();
        namespaces.create();
        return namespaces;
    }

    String registry() {
        return prefix + "registry";
    }

    String peers() {
        return prefix + "peers";
    }

    String others() {
        return prefix + "others";
    }

    /**
     * Makes the device and gives it its addresses; the peers' end has alice's address and one of the whole Internet's.
     */
    void createDevice() throws IOException {
        ip("link add name wg0 netns " + registry() + " type veth peer name wg0 netns " + peers());
        address(registry(), "wg0", "10.0.0.254/24", "fd00::254/64");
        address(peers(), "wg0", "10.0.0.1/24", "fd00::1/64", "203.0.113.77/32", "2001:db8:77::1/128");
        guardOff(registry());
        ip("-n " + registry() + " route replace default dev wg0");
        ip("-n " + registry() + " -6 route replace default dev wg0");
    }

    void deleteDevice() throws IOException {
        ip("-n " + registry() + " link delete wg0");
    }

    @Override
    public void close() throws IOException {
        for (String namespace : List.of(registry(), peers(), others())) {
            ip("netns delete " + namespace);
        }
    }

    private void create() throws IOException {
        for (String namespace : List.of(registry(), peers(), others())) {
            ip("netns add " + namespace);
            ip("-n " + namespace + " link set lo up");
            set(namespace, "ipv6/conf/all/accept_dad", "0");
            set(namespace, "ipv6/conf/default/accept_dad", "0");
        }
        ip("link add name eth0 netns " + registry() + " type veth peer name eth0 netns " + others());
        address(registry(), "eth0", "192.0.2.1/24", "2001:db8::1/64");
        address(others(), "eth0", "192.0.2.9/24", "2001:db8::9/64", "10.0.0.2/32", "fd00::2/128", "203.0.113.77/32");
        ip("-n " + others() + " route add 10.0.0.254 via 192.0.2.1");
        ip("-n " + others() + " route add fd00::254 via 2001:db8::1");
        createDevice();
        ip("-n " + registry() + " route add 10.0.0.2 via 192.0.2.9");
        ip("-n " + registry() + " route add fd00::2 via 2001:db8::9");
        guardOff(others());
    }

    private void address(String namespace, String link, String... addresses) throws IOException {
        for (String address : addresses) {
            ip("-n " + namespace + " address add " + address + " dev " + link);
        }
        ip("-n " + namespace + " link set " + link + " up");
    }

    private void guardOff(String namespace) throws IOException {
        run(
                "ip",
                "netns",
                "exec",
                namespace,
                "sh",
                "-c",
                "for file in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 >$file; done");
    }

    private void set(String namespace, String setting, String value) throws IOException {
        run("ip", "netns", "exec", namespace, "sh", "-c", "echo " + value + " >/proc/sys/net/" + setting);
    }

    private static void ip(String arguments) throws IOException {
        run(("ip " + arguments).split(" "));
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
