package io.wgsd.tests.secondary;

import static io.wgsd.tests.lab.LabNetwork.ZONE;

import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry as it is packaged, over wireguard-go, and its secondaries, in a network of their own. */
final class SecondariesLab implements AutoCloseable {

    static final String PRIMARY = "127.0.0.1";

    private final Path directory;
    private final LabNetwork network;
    private final Map<NameServer, Background> servers = new EnumMap<>(NameServer.class);
    private final List<String> options;
    private Background registry;

    private SecondariesLab(Path directory, LabNetwork network, List<String> options) {
        this.directory = directory;
        this.network = network;
        this.options = options;
    }

    /** Brings all up, and waits until each secondary has the zone; where the machine cannot, the test is skipped. */
    static SecondariesLab up(Path directory, int peers) throws IOException, InterruptedException {
        return up(directory, LabNetwork.up(directory), peers, List.of());
    }

    /** Brings the same up with a zone that is signed, and has names of peers. */
    static SecondariesLab upSigned(Path directory, int peers) throws IOException, InterruptedException {
        LabNetwork network = LabNetwork.up(directory);
        String keys = directory.resolve("keys").toString();
        network.wgsd("key", "new", "--zone", ZONE, "--dir", keys).awaitEnd();
        String names =
                LabNetwork.writeNames(directory.resolve("names"), 0, peers).toString();
        return up(directory, network, peers, List.of("--sign", keys, "--names", names));
    }

    private static SecondariesLab up(Path directory, LabNetwork network, int peers, List<String> options)
            throws IOException, InterruptedException {
        SecondariesLab lab = new SecondariesLab(directory, network, options);
        try {
            LabNetwork.configure(lab.network.wireGuard(), "5a".repeat(32), 0, peers);
            for (NameServer server : NameServer.values()) {
                // Some listen only at addresses that an interface is seen to have.
                lab.network.addAddress(server.address());
            }
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

    void startRegistry() throws IOException, InterruptedException {
        String notify = Stream.of(NameServer.values())
                .map(server -> server.address() + ":53")
                .collect(Collectors.joining(","));
        String state = directory.resolve("state").toString();
        List<String> command = new ArrayList<>(List.of("registry", "--zone", ZONE, "--device", "wg0"));
        command.addAll(List.of("--listen", PRIMARY + ":53", "--notify", notify, "--state", state));
        command.addAll(options);
        registry = network.wgsd(command.toArray(String[]::new));
        registry.awaitLine("ready");
    }

    void killRegistry() throws InterruptedException {
        registry.kill();
    }

    /** Has a peer be reached through another port. */
    void move(int peer, int port) throws IOException {
        LabNetwork.move(network.wireGuard(), peer, port);
    }

    /** Waits until a name server answers as it should. */
    void await(String server, String name, String type, Predicate<String> answer)
            throws IOException, InterruptedException {
        network.await(server, name, type, answer);
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
        return network.dig(server, name, type);
    }

    /** Returns all records of a name server's zone, sorted. */
    List<String> transfer(String server) throws IOException, InterruptedException {
        return network.transfer(server);
    }

    /** Waits until a secondary has written its zone to a file that holds every peer, and returns which. */
    Path awaitZoneFile(NameServer server, int peers) throws IOException, InterruptedException {
        Path file = directoryOf(server).resolve("zone");
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        while (!Files.exists(file) || Files.readString(file).split("\\sSRV\\s").length <= peers) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(file + " is not written\n" + network.logs());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return file;
    }

    String log(NameServer server) throws IOException {
        return servers.get(server).output();
    }

    Program.Result run(List<String> command) throws IOException, InterruptedException {
        return network.run(command.toArray(String[]::new));
    }

    @Override
    public void close() throws InterruptedException {
        network.close();
    }

    private void start(NameServer server) throws IOException {
        Path own = Files.createDirectory(directoryOf(server));
        String configuration = server.configure(own, ZONE, PRIMARY).toString();
        servers.put(server, network.background(server.command(configuration)));
    }

    private Path directoryOf(NameServer server) {
        return directory.resolve(server.name());
    }
}
