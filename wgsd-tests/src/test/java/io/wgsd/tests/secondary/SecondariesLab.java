package io.wgsd.tests.secondary;

import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.PublicKey;
import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.wireguard.WireGuardGo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A registry as it is packaged, over wireguard-go, and its secondaries, in a network of their own. */
final class SecondariesLab implements AutoCloseable {

    static final String ZONE = "example.com";
    static final String PRIMARY = "127.0.0.1";

    private static final Path WGSD =
            Path.of("../examples/target/wgsd/wgsd").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final WireGuardGo wireGuard;
    private final Map<NameServer, Background> servers = new EnumMap<>(NameServer.class);
    private Background registry;

    private SecondariesLab(Path directory, WireGuardGo wireGuard) {
        this.directory = directory;
        this.wireGuard = wireGuard;
    }

    /** Brings all up, and waits until each secondary has the zone; where the machine cannot, the test is skipped. */
    static SecondariesLab up(Path directory, int peers) throws IOException, InterruptedException {
        Lab.require(Files.isExecutable(WGSD), "the command is not packaged: run ./mvnw verify for all modules");
        Program.require("dig", "bind9-dnsutils");
        SecondariesLab lab = new SecondariesLab(directory, WireGuardGo.start(directory, "wg0"));
        try {
            lab.configure(peers);
            lab.startRegistry();
            for (NameServer server : NameServer.values()) {
                lab.start(server);
            }
            lab.awaitSerial();
        } catch (Throwable e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    /** Returns the name of a peer's service. */
    static String instance(int peer) {
        return DnsSdNames.parse(ZONE).instance(PublicKey.parseHex(key(peer))).toString();
    }

    void startRegistry() throws IOException, InterruptedException {
        String notify = IntStream.range(0, NameServer.values().length)
                .mapToObj(i -> NameServer.values()[i].address() + ":53")
                .collect(Collectors.joining(","));
        registry = background(
                WGSD.toString(),
                "registry",
                "--zone",
                ZONE,
                "--device",
                "wg0",
                "--listen",
                PRIMARY + ":53",
                "--notify",
                notify,
                "--state",
                directory.resolve("state").toString());
        registry.awaitLine("ready");
    }

    void killRegistry() throws InterruptedException {
        registry.kill();
    }

    /** Has a peer be reached through another port. */
    void move(int peer, int port) throws IOException {
        WireGuardGo.set(wireGuard.socket(), "public_key=" + key(peer) + "\nendpoint=203.0.113.1:" + port + "\n");
    }

    /** Waits until a name server answers as it should. */
    void await(String server, String name, String type, Predicate<String> answer)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String got = dig(server, name, type);
        while (!answer.test(got)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(server + " answers:\n" + got + "\n" + logs());
            }
            TimeUnit.MILLISECONDS.sleep(20);
            got = dig(server, name, type);
        }
    }

    /** Waits until all secondaries have the registry's zone. */
    void awaitSerial() throws IOException, InterruptedException {
        String soa = dig(PRIMARY, ZONE, "SOA");
        for (NameServer server : NameServer.values()) {
            await(server.address(), ZONE, "SOA", soa::equals);
        }
    }

    /** Returns the data of what a name server answers, one line for each record; empty where it does not answer. */
    String dig(String server, String name, String type) throws IOException, InterruptedException {
        return run("dig", "+short", "+tries=1", "+time=2", "@" + server, name, type)
                .output();
    }

    /** Returns all records of a name server's zone, sorted. */
    List<String> transfer(String server) throws IOException, InterruptedException {
        return run("dig", "+noall", "+answer", "+onesoa", "@" + server, ZONE, "AXFR")
                .output()
                .lines()
                .map(line -> line.replaceAll("\\s+", " "))
                .sorted()
                .toList();
    }

    /** Waits until a secondary has written its zone to a file that holds every peer, and returns which. */
    Path awaitZoneFile(NameServer server, int peers) throws IOException, InterruptedException {
        Path file = directoryOf(server).resolve("zone");
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!Files.exists(file) || Files.readString(file).split("\\sSRV\\s").length <= peers) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(file + " is not written\n" + logs());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return file;
    }

    String log(NameServer server) throws IOException {
        return servers.get(server).output();
    }

    Program.Result run(String... command) throws IOException, InterruptedException {
        return Program.run(LIMIT, new ProcessBuilder(wireGuard.inside(command)));
    }

    @Override
    public void close() throws InterruptedException {
        servers.values().forEach(Background::close);
        if (registry != null) {
            registry.close();
        }
        wireGuard.close();
    }

    private void configure(int peers) throws IOException, InterruptedException {
        String all = IntStream.range(0, peers)
                .mapToObj(i -> "public_key=" + key(i) + "\nendpoint=203.0.113.1:" + (1024 + i) + "\nallowed_ip=10.0."
                        + i / 256 + "." + i % 256 + "/32\n")
                .collect(Collectors.joining());
        WireGuardGo.set(wireGuard.socket(), "private_key=" + "5a".repeat(32) + "\n" + all);
        for (NameServer server : NameServer.values()) {
            // Some listen only at addresses that an interface is seen to have.
            run("ip", "address", "add", server.address() + "/8", "dev", "lo");
        }
    }

    private void start(NameServer server) throws IOException {
        Path own = Files.createDirectory(directoryOf(server));
        String configuration = server.configure(own, ZONE, PRIMARY).toString();
        servers.put(server, background(server.command(configuration).toArray(String[]::new)));
    }

    private Background background(String... command) throws IOException {
        return Background.start(new ProcessBuilder(wireGuard.inside(command)));
    }

    private Path directoryOf(NameServer server) {
        return directory.resolve(server.name());
    }

    private String logs() throws IOException {
        List<String> all = new ArrayList<>(List.of("registry:\n" + registry.output()));
        for (NameServer server : servers.keySet()) {
            all.add(server + ":\n" + log(server));
        }
        return String.join("\n", all);
    }

    /** Returns a key in the words of WireGuard's userspace protocol, of which the first byte is not always the same. */
    private static String key(int peer) {
        return String.format("%02x%04x", peer * 37 % 256, peer) + "00".repeat(29);
    }
}
