package io.wgsd.tests.docs;

import io.wgsd.testkit.contract.WireGuardGo;
import io.wgsd.tests.lab.LabNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry's host as the pages have it: its device wg0 is 10.0.0.254 and fd00::254 inside the tunnel, and has three
 * peers.
 */
final class DocsNetwork implements AutoCloseable {

    /** The zone on all pages. */
    static final String ZONE = "wg.example.com";

    static final String TUNNEL_ADDRESS = "10.0.0.254";

    private static final int PEERS = 3;

    private final LabNetwork network;
    private final Operator operator;

    private DocsNetwork(LabNetwork network, Operator operator) {
        this.network = network;
        this.operator = operator;
    }

    static DocsNetwork up(Path directory) throws IOException, InterruptedException {
        LabNetwork network = LabNetwork.up(Files.createDirectory(directory.resolve("network")));
        WireGuardGo device = network.wireGuard();
        LabNetwork.configure(device, "5a".repeat(32), 1, PEERS);
        addresses(network, "wg0", TUNNEL_ADDRESS + "/24", "fd00::254/64");
        Path host = Files.createDirectory(directory.resolve("host"));
        return new DocsNetwork(network, Operator.of(host, words -> device.inside(words.toArray(String[]::new))));
    }

    LabNetwork network() {
        return network;
    }

    Operator operator() {
        return operator;
    }

    /** Adds another device, with peers of its own. */
    void addDevice(String name, String address) throws IOException, InterruptedException {
        LabNetwork.configure(network.wireGuard().alongside(name), "6b".repeat(32), PEERS + 1, PEERS);
        addresses(network, name, address);
    }

    private static void addresses(LabNetwork network, String device, String... addresses)
            throws IOException, InterruptedException {
        for (String address : addresses) {
            List<String> command = new ArrayList<>(List.of("ip", "address", "add", address, "dev", device));
            if (address.contains(":")) {
                command.add("nodad");
            }
            network.run(command.toArray(String[]::new));
        }
        network.run("ip", "link", "set", device, "up");
    }

    /** Returns the data that the registry serves inside the tunnel, one line for each record. */
    String dig(String name, String type) throws IOException, InterruptedException {
        return network.dig(TUNNEL_ADDRESS, name, type);
    }

    /** Waits until a zone lists so many peers. */
    void awaitListed(String zone, String server, int peers) throws IOException, InterruptedException {
        String service = "_wireguard._udp." + zone;
        try {
            network.await(
                    server,
                    service,
                    "PTR",
                    list -> peers
                            == list.lines()
                                    .filter(line -> line.endsWith("." + service + "."))
                                    .count());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + operator.logs(), e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        operator.close();
        network.close();
    }
}
