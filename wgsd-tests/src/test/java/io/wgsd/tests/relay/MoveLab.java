package io.wgsd.tests.relay;

import static io.wgsd.tests.lab.RealLab.ALICE_KEY;
import static io.wgsd.tests.lab.RealLab.BOB_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgsd.testkit.contract.Await;
import io.wgsd.tests.lab.RealLab;
import io.wgsd.tests.process.Background;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two agents, a registry with a relay, and a direct path that can be opened and cut. */
final class MoveLab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RELAYED = " is relayed at 192.0.2.1:443";
    private static final String NARROW =
            "packets of the device's full MTU get through by the relay, but not by the direct path";
    private static final Pattern STREAM = Pattern.compile("received (\\d+) bytes, nothing for (\\d+) ms");
    private static final Pattern ANSWER = Pattern.compile("bytes from .* icmp_seq=(\\d+) ");
    private static final Pattern FLOW = Pattern.compile("sent (\\d+), received (\\d+)\\.");

    private final RealLab lab;
    private final List<String> agentOptions = new ArrayList<>();

    MoveLab(String... options) throws IOException, InterruptedException {
        lab = RealLab.up(options);
        Path state = Files.createTempDirectory("move");
        List<String> registry = new ArrayList<>(List.of("--relay", "192.0.2.1:443", "--state", state.toString()));
        if (List.of(options).contains("--kernel")) {
            registry.addAll(List.of("--backend", "netlink"));
            agentOptions.addAll(List.of("--backend", "netlink"));
        }
        lab.registry(registry.toArray(String[]::new));
        lab.path("closed");
        try (Background alice = agent("alice");
                Background bob = agent("bob")) {
            alice.awaitLine(BOB_KEY + RELAYED, PATIENCE);
            bob.awaitLine(ALICE_KEY + RELAYED, PATIENCE);
            alice.terminate();
            bob.terminate();
        }
    }

    private Background agent(String node) throws IOException, InterruptedException {
        return lab.agent(node, agentOptions.toArray(String[]::new));
    }

    /**
     * Lets agents move the session to the direct path while packets go both ways, and cuts that path then. An agent
     * that has moved a pair does so less and less often, so each round has agents of its own.
     */
    void round() throws IOException, InterruptedException {
        lab.path("open");
        Background pings = lab.background("alice", "ping", "-i", "0.02", "-W", "5", "10.0.0.2");
        Background there = flow("alice", "10.0.0.1", "10.0.0.2");
        Background back = flow("bob", "10.0.0.2", "10.0.0.1");
        // Bob's key is the lesser one: his NAT is open when Alice's agent looks.
        try (Background bob = agent("bob");
                Background alice = agent("alice")) {
            alice.awaitLine(BOB_KEY + " is direct at 198.51.100.1:51820", PATIENCE);
            bob.awaitLine(ALICE_KEY + " is direct at 203.0.113.1:41424", PATIENCE);
            pings.signal("INT");
            pings.awaitEnd();
            there.closeInput();
            back.closeInput();
            there.awaitEnd();
            back.awaitEnd();
            assertThat(unanswered(pings.output())).as(pings.output()).isEmpty();
            assertThat(count(back, 2)).as("packets that reached Bob").isEqualTo(count(there, 1));
            assertThat(count(there, 2)).as("packets that reached Alice").isEqualTo(count(back, 1));

            int before = timesRelayed(alice);
            lab.path("closed");
            Background cut = lab.background("alice", "ping", "-q", "-i", "0.2", "-w", "60", "10.0.0.2");
            Await.until("the relay again", PATIENCE, () -> timesRelayed(alice) > before);
            cut.close();
            assertThat(lab.ping(10)).as("a ping by the relay").isTrue();
            alice.terminate();
            bob.terminate();
        }
    }

    /**
     * Lets agents move the session to the direct path while TCP sends what it can in both directions. Returns for how
     * long nothing came at most, at the side where that was longer.
     */
    Duration streamWhileMoving() throws IOException, InterruptedException {
        lab.path("open");
        Background listener = start(StreamFlow.class, "listening", "alice", "10.0.0.1");
        Background caller = start(StreamFlow.class, "connected", "bob", "10.0.0.2", "10.0.0.1");
        try (Background bob = agent("bob");
                Background alice = agent("alice")) {
            alice.awaitLine(BOB_KEY + " is direct at 198.51.100.1:51820", PATIENCE);
            bob.awaitLine(ALICE_KEY + " is direct at 203.0.113.1:41424", PATIENCE);
            caller.endInput();
            listener.endInput();
            alice.terminate();
            bob.terminate();
        }
        return Stream.of(longestStall(caller), longestStall(listener))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Lets agents attempt the direct path, which is too narrow: full packets go by the relay before and after that. */
    void onANarrowPath() throws Exception {
        lab.path("narrow");
        try (Background bob = agent("bob");
                Background alice = agent("alice")) {
            Await.until(
                    "the reason",
                    PATIENCE,
                    () -> lab.wgsd("alice", "status", "--device", "wg0", "--json")
                            .output()
                            .contains(NARROW));
            assertThat(lab.ping(10)).as("a ping by the relay").isTrue();
            assertThat(lab.exec("alice", "ping", "-c", "3", "-i", "0.2", "-s", "1392", "-M", "do", "10.0.0.2")
                            .output())
                    .as("pings of full size by the relay")
                    .contains("3 received");
            alice.terminate();
            bob.terminate();
        }
    }

    private static Duration longestStall(Background flow) throws IOException {
        Matcher figures = STREAM.matcher(flow.output());
        assertThat(figures.find()).as(flow.output()).isTrue();
        assertThat(Long.parseLong(figures.group(1))).as(flow.output()).isGreaterThan(1 << 20);
        return Duration.ofMillis(Long.parseLong(figures.group(2)));
    }

    /** Which pings were not answered, except the latest ones, whose answers were under way when ping ended. */
    private static Set<Integer> unanswered(String output) {
        Set<Integer> answered = ANSWER.matcher(output)
                .results()
                .map(each -> Integer.parseInt(each.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(answered).as(output).hasSizeGreaterThan(20);
        Set<Integer> missing = new TreeSet<>();
        for (int number = 1; number < Collections.max(answered); number++) {
            if (!answered.contains(number)) {
                missing.add(number);
            }
        }
        return missing;
    }

    private static int timesRelayed(Background agent) throws IOException {
        return agent.output().split(RELAYED, -1).length - 1;
    }

    /** How many packets a side has sent, or how many it has received. */
    static int count(Background flow, int group) throws IOException {
        Matcher count = FLOW.matcher(flow.output());
        assertThat(count.find()).as(flow.output()).isTrue();
        return Integer.parseInt(count.group(group));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        lab.close();
    }

    private Background flow(String node, String from, String to) throws IOException, InterruptedException {
        return start(PacketFlow.class, "ready", node, from, to);
    }

    private Background start(Class<?> program, String ready, String node, String... arguments)
            throws IOException, InterruptedException {
        return start(lab, program, ready, node, arguments);
    }

    /** Starts a program of the tests in a node, and waits until it says so. */
    static Background start(RealLab lab, Class<?> program, String ready, String node, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        Background started = lab.background(node, command.toArray(String[]::new));
        started.awaitLine(ready);
        return started;
    }
}
