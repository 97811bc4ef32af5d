package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;

import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two real WireGuards behind NATs that cannot be punched, and a relay where the lab's registry is. */
final class RelayLab implements AutoCloseable {

    static final String KEY = RelayProgram.PUBLIC_KEY.toBase64();

    private static final String ADDRESS = "192.0.2.1";
    private static final String PORT = "443";
    private static final String ENDPOINT = ADDRESS + ":" + PORT;
    private static final Pattern LOSS = Pattern.compile("([0-9.]+)% packet loss");
    private static final Pattern SENT = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    private final RealLab lab;
    private final Path state;

    RelayLab(Path folder) throws IOException, InterruptedException {
        lab = RealLab.up("--nat", "symmetric");
        state = folder.resolve("relay.state");
    }

    RealLab lab() {
        return lab;
    }

    Background startRelay() throws IOException, InterruptedException {
        Background relay = lab.background(
                "registry",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RelayProgram.class.getName(),
                ADDRESS,
                PORT,
                state.toString(),
                ALICE_KEY,
                BOB_KEY);
        relay.awaitLine("ready");
        return relay;
    }

    /** Makes the relay a peer of a node's WireGuard: without allowed IPs, with a keepalive. */
    void attach(String node) throws IOException, InterruptedException {
        set(node, KEY, "persistent-keepalive", "1", "endpoint", ENDPOINT);
    }

    /** Lets a node's WireGuard reach a peer through the relay. */
    void throughRelay(String node, String peer) throws IOException, InterruptedException {
        set(node, peer, "endpoint", ENDPOINT);
    }

    /** Removes a peer with its session and adds it again, as an agent does that falls back to the relay. */
    void restart(String node, String peer, String address) throws IOException, InterruptedException {
        Program.Result done = lab.exec(node, "sh", "-c", restarting(peer, address));
        if (done.status() != 0) {
            throw new AssertionError(done.output());
        }
    }

    String restarting(String peer, String address) {
        return "wg set wg0 peer " + peer + " remove && wg set wg0 peer " + peer + " allowed-ips " + address
                + "/32 persistent-keepalive 1 endpoint " + ENDPOINT;
    }

    /** Connects Alice and Bob through the relay. */
    void connect(Background relay) throws IOException, InterruptedException {
        attach("alice");
        attach("bob");
        relay.awaitLine("attached " + ALICE_KEY);
        relay.awaitLine("attached " + BOB_KEY);
        throughRelay("alice", BOB_KEY);
        throughRelay("bob", ALICE_KEY);
        if (!lab.ping(10)) {
            throw new AssertionError("no ping by the relay:\n" + relay.output());
        }
    }

    /** How many of so many pings, fifty a second, were lost. */
    int lost(String node, String address, int count) throws IOException, InterruptedException {
        String output = lab.exec(node, "ping", "-q", "-i", "0.02", "-c", Integer.toString(count), "-W", "5", address)
                .output();
        return lost(output);
    }

    static int lost(String output) {
        Matcher sent = SENT.matcher(output);
        if (!sent.find() || !LOSS.matcher(output).find()) {
            throw new AssertionError(output);
        }
        return Integer.parseInt(sent.group(1)) - Integer.parseInt(sent.group(2));
    }

    /** How many bytes a node's WireGuard has received from the relay itself. */
    long received(String node) throws IOException, InterruptedException {
        return lab.exec(node, "wg", "show", "wg0", "transfer")
                .output()
                .lines()
                .map(line -> line.split("\t"))
                .filter(fields -> fields[0].equals(KEY))
                .mapToLong(fields -> Long.parseLong(fields[1]))
                .findFirst()
                .orElseThrow();
    }

    private void set(String node, String peer, String... settings) throws IOException, InterruptedException {
        String[] command = new String[5 + settings.length];
        System.arraycopy(new String[] {"wg", "set", "wg0", "peer", peer}, 0, command, 0, 5);
        System.arraycopy(settings, 0, command, 5, settings.length);
        Program.Result done = lab.exec(node, command);
        if (done.status() != 0) {
            throw new AssertionError(done.output());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        lab.close();
    }
}
