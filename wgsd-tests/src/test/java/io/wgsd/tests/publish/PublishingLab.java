package io.wgsd.tests.publish;

import static io.wgsd.tests.lab.LabNetwork.ZONE;

import io.wgsd.testkit.contract.WireGuardGo;
import io.wgsd.tests.lab.LabNetwork;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A primary of another project, and registries that publish into its zone, in a network of their own. */
final class PublishingLab implements AutoCloseable {

    private final LabNetwork network;
    private final PrimaryServer kind;
    private final Path serverDirectory;
    private Background server;

    private PublishingLab(LabNetwork network, PrimaryServer kind, Path serverDirectory) {
        this.network = network;
        this.kind = kind;
        this.serverDirectory = serverDirectory;
    }

    /**
     * Brings up the primary, with a zone that has things of others in it; where the machine cannot, the test is
     * skipped.
     */
    static PublishingLab up(Path directory, PrimaryServer kind) throws IOException, InterruptedException {
        Program.require("nsupdate", "bind9-dnsutils");
        PublishingLab lab = new PublishingLab(LabNetwork.up(directory), kind, directory.resolve("server"));
        try {
            lab.network.addAddress(PrimaryServer.ADDRESS);
            lab.startPrimary();
        } catch (Throwable e) {
            lab.close();
            throw e;
        }
        return lab;
    }

    /** Starts the primary with the zone as it was in the beginning. */
    void startPrimary() throws IOException, InterruptedException {
        server = kind.start(serverDirectory, network);
    }

    void killPrimary() throws InterruptedException {
        server.kill();
    }

    /** Gives this host an address that others could reach. */
    void publicAddress(String address) throws IOException, InterruptedException {
        network.run("ip", "address", "add", address + "/32", "dev", "lo");
    }

    WireGuardGo device() {
        return network.wireGuard();
    }

    WireGuardGo secondDevice() throws IOException, InterruptedException {
        return network.wireGuard().alongside("wg1");
    }

    Background registry(String device, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("registry", "--zone", ZONE, "--device", device));
        arguments.addAll(List.of("--update-to", PrimaryServer.ADDRESS + ":53"));
        arguments.addAll(List.of("--tsig", "registry:hmac-sha256:" + serverDirectory.resolve("registry.key")));
        arguments.addAll(List.of(more));
        return network.wgsd(arguments.toArray(String[]::new));
    }

    /** Waits until the zone has for a name what it should. */
    void await(String name, String type, Predicate<String> data) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        while (!data.test(data(name, type))) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " " + type + " is not as it should be:\n"
                        + String.join("\n", transfer()) + "\n" + network.logs());
            }
        }
    }

    /**
     * Returns the data of what the zone has, one line for each record. It is transferred, not asked for: PowerDNS,
     * which holds names with {@code =} in them, answers questions for these with SERVFAIL.
     */
    String data(String name, String type) throws IOException, InterruptedException {
        String owner = name.endsWith(".") ? name : name + ".";
        return transfer().stream()
                .map(line -> line.split(" ", 5))
                .filter(fields -> fields[0].equals(owner) && fields[3].equals(type))
                .map(fields -> fields[4])
                .collect(Collectors.joining("\n"));
    }

    /** Returns all records of the zone, sorted. */
    List<String> transfer() throws IOException, InterruptedException {
        return network.transfer(PrimaryServer.ADDRESS, "-y", "hmac-sha256:registry:" + PrimaryServer.SECRET);
    }

    /** Changes the zone as somebody would by hand. */
    void nsupdate(String... lines) throws IOException, InterruptedException {
        Path script = Files.writeString(
                serverDirectory.resolve("script"),
                "server " + PrimaryServer.ADDRESS + "\nzone " + ZONE + "\n" + String.join("\n", lines) + "\nsend\n");
        Program.Result result =
                network.run("nsupdate", "-y", "hmac-sha256:registry:" + PrimaryServer.SECRET, script.toString());
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
    }

    @Override
    public void close() throws InterruptedException {
        network.close();
    }
}
