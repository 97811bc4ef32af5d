package io.wgsd.tests.lab;

import io.wgsd.examples.ListPeers;
import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code lab/nat-lab}, up with real WireGuard, and the {@code wgsd} command as it is packaged. */
public final class RealLab implements AutoCloseable {

    public static final String ALICE_KEY = "xScVkH3fUGUv4RrJFfmcqm8rs3SEHr41km6+yffAHw4=";
    public static final String BOB_KEY = "syKB97XhGnvC+kynh2KqQJPXoOoOpx/HmpMRTc+r4js=";
    public static final String REGISTRY_KEY = "JeZlz14G8tg1Bqh6apteFCwVhNhpexJ19FDPfuxQtUY=";
    public static final String ZONE = "example.com";
    public static final String DNS = "10.0.0.254:53";

    private static final Path NAT_LAB =
            Path.of("../lab/nat-lab").toAbsolutePath().normalize();
    private static final Path EXAMPLES = Path.of(URI.create(
            ListPeers.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final AtomicInteger LABS = new AtomicInteger();

    private final String name;
    private final List<Background> background = new ArrayList<>();

    private RealLab(String name) {
        this.name = name;
    }

    /** Brings a lab up; where the machine cannot, the test is skipped. */
    public static RealLab up(String... options) throws IOException, InterruptedException {
        require(Arrays.asList(options).contains("--kernel"));
        Wgsd.require();
        Program.require("dig", "bind9-dnsutils");
        RealLab lab = new RealLab("t" + ProcessHandle.current().pid() + "-" + LABS.incrementAndGet());
        List<String> command = new ArrayList<>(List.of("up"));
        command.addAll(Arrays.asList(options));
        Program.Result up = lab.run(command);
        if (up.status() != 0) {
            throw new AssertionError("nat-lab up failed:\n" + up.output());
        }
        return lab;
    }

    /** Sees to it that this machine can have labs; where it cannot, the test is skipped. */
    static void require(boolean kernel) {
        Lab.require("root".equals(System.getProperty("user.name")), "only root may create network namespaces");
        Lab.require(kernel || Files.isWritable(TUN), "there is no " + TUN + " to be written here");
        Program.require("wireguard-go", "wireguard-go");
        Program.require("nft", "nftables");
        Program.require("ping", "iputils-ping");
    }

    /** Runs a program in a node to its end. */
    public Program.Result exec(String node, String... command) throws IOException, InterruptedException {
        return run(inNode(node, command));
    }

    /** Runs {@code wgsd} in a node to its end. */
    public Program.Result wgsd(String node, String... arguments) throws IOException, InterruptedException {
        return exec(node, withWgsd(arguments));
    }

    /** Runs an example in a node to its end. */
    public Program.Result example(String node, String example, String... arguments)
            throws IOException, InterruptedException {
        return exec(node, javaCommand(example, arguments));
    }

    /** Starts an example in a node, which goes on while its standard input is open. */
    public Background startExample(String node, String example, String... arguments) throws IOException {
        return start(node, javaCommand(example, arguments));
    }

    /** Runs one pass of the client in a node. */
    public Program.Result client(String node, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("client", "--device", "wg0", "--dns", DNS, "--zone", ZONE));
        arguments.addAll(Arrays.asList(options));
        return wgsd(node, arguments.toArray(String[]::new));
    }

    /** Starts the registry and waits until it says that it is ready. */
    public Background registry(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("registry", "--zone", ZONE, "--device", "wg0"));
        arguments.addAll(Arrays.asList(options));
        Background registry = start("registry", withWgsd(arguments.toArray(String[]::new)));
        registry.awaitLine("ready");
        return registry;
    }

    /** Starts an agent in a node and waits until it says that it is ready. */
    public Background agent(String node, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("agent", "--device", "wg0", "--zone", ZONE));
        if (!Arrays.asList(options).contains("--dns")) {
            arguments.addAll(List.of("--dns", DNS));
        }
        arguments.addAll(Arrays.asList(options));
        Background agent = start(node, withWgsd(arguments.toArray(String[]::new)));
        agent.awaitLine("ready");
        return agent;
    }

    /** Starts any program in a node. */
    public Background background(String node, String... command) throws IOException {
        return start(node, command);
    }

    /** Gives a peer's NAT another address and port. */
    public void move(String peer) throws IOException, InterruptedException {
        change("move", peer);
    }

    /** Gives a NAT, as in {@code alice-nat}, another kind; what it had mapped is gone. */
    public void nat(String node, String kind) throws IOException, InterruptedException {
        change("nat", node, kind);
    }

    /**
     * Lets through what Alice's side and Bob's send to each other: {@code open}, {@code closed}, {@code from-alice} …
     */
    public void path(String which) throws IOException, InterruptedException {
        change("path", which);
    }

    private void change(String... words) throws IOException, InterruptedException {
        Program.require("conntrack", "conntrack");
        Program.Result changed = run(List.of(words));
        if (changed.status() != 0) {
            throw new AssertionError("nat-lab " + String.join(" ", words) + " failed:\n" + changed.output());
        }
    }

    /** Pings Bob from Alice until there is an answer, or the time is over. */
    public boolean ping(int seconds) throws IOException, InterruptedException {
        return exec("alice", "ping", "-c", "1", "-i", "0.2", "-w", Integer.toString(seconds), "10.0.0.2")
                        .status()
                == 0;
    }

    /** Returns where a node's WireGuard sends a peer's packets, or "(none)". */
    public String endpoint(String node, String peer) throws IOException, InterruptedException {
        return exec(node, "wg", "show", "wg0", "endpoints")
                .output()
                .lines()
                .map(line -> line.split("\t"))
                .filter(fields -> fields[0].equals(peer))
                .map(fields -> fields[1])
                .findFirst()
                .orElseThrow();
    }

    /** Returns the command that runs another in a node. */
    public List<String> inNode(String node, List<String> command) {
        List<String> words = new ArrayList<>(List.of("env", "NAT_LAB=" + name, NAT_LAB.toString()));
        words.addAll(inNode(node, command.toArray(String[]::new)));
        return words;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        background.forEach(Background::close);
        run(List.of("down"));
    }

    private Background start(String node, String... command) throws IOException {
        Background process = Background.start(builder(inNode(node, command)));
        background.add(process);
        return process;
    }

    private static String[] javaCommand(String example, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Java 24 and later print a warning without it.
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Wgsd.LIBRARIES + "/*:" + EXAMPLES,
                "io.wgsd.examples." + example));
        words.addAll(Arrays.asList(arguments));
        return words.toArray(String[]::new);
    }

    private static List<String> inNode(String node, String... command) {
        List<String> words = new ArrayList<>(List.of("exec", node, "--"));
        words.addAll(Arrays.asList(command));
        return words;
    }

    private static String[] withWgsd(String... arguments) {
        return Wgsd.command(arguments).toArray(String[]::new);
    }

    private Program.Result run(List<String> arguments) throws IOException, InterruptedException {
        return Program.run(LIMIT, builder(arguments));
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(NAT_LAB.toString()));
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("NAT_LAB", name);
        return builder;
    }
}
