package io.wgsd.command.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The story with real WireGuard: two peers behind two NATs and a registry, each in a network namespace. */
public final class LabDemo {

    static final String PICTURE = """
                            registry 192.0.2.1
                                    |
                   +----------- internet -----------+
                   |                                |
            alice's NAT 203.0.113.1         bob's NAT 198.51.100.1
                   |                                |
            alice 198.18.1.1                bob 198.18.2.1
            """;
    private static final String ZONE = "wg.example.com";
    private static final String REGISTRY = "10.0.0.254:53";
    private static final String BOB = "10.0.0.2";
    private static final String RELAY = "192.0.2.1:443";
    private static final int PATIENCE_SECONDS = 15;
    private static final int PATH_PATIENCE_SECONDS = 60;

    private final Story story;
    private final Path wgsd;
    private final Path natLab;

    public LabDemo(Story story, Path home) {
        this.story = story;
        wgsd = home.resolve("wgsd").toAbsolutePath();
        natLab = home.resolve("lab/nat-lab").toAbsolutePath();
    }

    /** Returns whether a direct tunnel was up in the end. */
    public boolean tell() throws IOException, InterruptedException {
        // A lab of its own, which leaves alone one that the user has set up.
        LabPrograms programs = new LabPrograms("wgsd-demo");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> programs.endAll(natLab + " down")));
        try {
            return tell(programs);
        } finally {
            programs.endAll(natLab + " down");
        }
    }

    private boolean tell(LabPrograms programs) throws IOException, InterruptedException {
        Path state = Files.createTempDirectory("wgsd-demo");
        try {
            return isLabUp(programs) && tell(programs, state);
        } finally {
            delete(state);
        }
    }

    private boolean isLabUp(LabPrograms programs) throws IOException, InterruptedException {
        story.chapter("Two peers behind two NATs, and a registry that everyone can reach");
        story.say(PICTURE);
        story.say("All three run real WireGuard (wireguard-go), each in a network namespace of its own.");
        LabPrograms.Result up = programs.run(120, natLab.toString(), "up");
        if (up.status() != 0) {
            story.printed(up.output());
            story.say("The lab could not be set up, so there is nothing to show; the lines above say why.");
            return false;
        }
        up.output().lines().filter(line -> line.contains("installing")).forEach(story::printed);
        return true;
    }

    private boolean tell(LabPrograms programs, Path state) throws IOException, InterruptedException {
        story.chapter("Alice has Bob's key, but does not know where he is");
        show(programs, "alice", "wg", "show", "wg0", "endpoints");
        if (ping(programs, 1)) {
            story.say("That ping should have had no answer: something else connects the two. The story ends here.");
            return false;
        }
        story.say("No answer: WireGuard has no endpoint for Bob, and his NAT would let nobody in.");

        story.chapter("The registry serves in DNS what its WireGuard knows");
        LabPrograms.Running registry = begin(
                programs,
                "registry",
                "registry --zone " + ZONE + " --device wg0 --state " + state + " --relay " + RELAY);
        if (!registry.awaitLine(line -> line.contains("ready"), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            story.printed(registry.output());
            story.say("The registry was not ready in time.");
            return false;
        }
        story.printed(registry.output());
        show(programs, "alice", wgsd.toString(), "browse", "--dns", REGISTRY, "--zone", ZONE);
        story.say("These are the addresses and ports that the NATs have given: nobody configured them.");

        story.chapter("An agent on each side looks the other up and sets its endpoint");
        for (String node : List.of("alice", "bob")) {
            begin(programs, node, "agent --device wg0 --dns " + REGISTRY + " --zone " + ZONE);
        }
        if (!ping(programs, PATIENCE_SECONDS)) {
            show(programs, "alice", wgsd.toString(), "status");
            story.say("There was no answer within " + PATIENCE_SECONDS + " seconds; the status above says why.");
            return false;
        }
        show(programs, "alice", wgsd.toString(), "status");
        story.say("A direct tunnel. From here on a ping goes from Alice to Bob ten times a second.");
        return tellOfPaths(programs, registry);
    }

    private boolean tellOfPaths(LabPrograms programs, LabPrograms.Running registry)
            throws IOException, InterruptedException {
        LongPing ping = new LongPing(
                programs.start(in("alice", "ping", "-i", Double.toString(LongPing.INTERVAL_SECONDS), BOB)));
        if (!waitFor("both agents to have a session with the relay", () -> isAttached(programs))
                || !waitFor("a hundred pings to be answered", () -> ping.answered() >= 100)) {
            return false;
        }
        story.say(ping.look().text() + ".");

        story.chapter("Both NATs change, and let nobody in any more");
        changeNats(programs, "symmetric");
        ping.isAnswered();
        if (!waitFor("the tunnel to run by the relay", () -> ping.isAnswered() && isByRelay(programs))) {
            return false;
        }
        story.say(ping.look().text() + ". The relay carries the packets, and cannot read them.");
        show(programs, "alice", wgsd.toString(), "status");

        story.chapter("The NATs let punch again");
        changeNats(programs, "cone");
        ping.isAnswered();
        if (!waitFor("pings to be answered", ping::isAnswered)) {
            return false;
        }
        story.say("NATs that change forget where packets belong, until both sides have sent something again: "
                + ping.look().text() + ".");
        if (!waitFor("the tunnel to be direct again", () -> ping.isAnswered() && !isByRelay(programs))) {
            return false;
        }
        story.say("Then the tunnel left the relay for the direct path: "
                + ping.look().text() + ".");
        show(programs, "alice", "wg", "show", "wg0", "endpoints");

        story.chapter("The registry is no longer needed");
        registry.end();
        boolean stillUp = ping(programs, PATIENCE_SECONDS);
        story.say("The registry is stopped; the tunnel "
                + (stillUp ? "stays up without it. That is all wgsd does." : "is no longer up."));
        return stillUp;
    }
    /** Something that becomes true in the lab. */
    private interface Condition {

        boolean holds() throws IOException, InterruptedException;
    }

    private boolean waitFor(String what, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATH_PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                story.say("After " + PATH_PATIENCE_SECONDS + " seconds of waiting for " + what
                        + ", the story ends here.");
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }

    /** Each has a handshake with the registry, the other, and the relay, which nobody has configured. */
    private boolean isAttached(LabPrograms programs) throws IOException, InterruptedException {
        for (String node : List.of("alice", "bob")) {
            long sessions = programs.run(30, in(node, "wg", "show", "wg0", "latest-handshakes"))
                    .output()
                    .lines()
                    .filter(line -> !line.endsWith("\t0"))
                    .count();
            if (sessions < 3) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether Alice has Bob at the relay, where the relay itself is too. */
    private boolean isByRelay(LabPrograms programs) throws IOException, InterruptedException {
        return programs.run(30, in("alice", "wg", "show", "wg0", "endpoints"))
                        .output()
                        .lines()
                        .filter(line -> line.endsWith("\t" + RELAY))
                        .count()
                >= 2;
    }

    private void changeNats(LabPrograms programs, String kind) throws IOException, InterruptedException {
        for (String node : List.of("alice-nat", "bob-nat")) {
            story.ran("lab", "nat-lab nat " + node + " " + kind);
            story.printed(programs.run(30, natLab.toString(), "nat", node, kind).output());
        }
    }

    private LabPrograms.Running begin(LabPrograms programs, String node, String arguments) throws IOException {
        story.ran(node, "wgsd " + arguments + " &");
        List<String> words = new ArrayList<>(List.of(wgsd.toString()));
        words.addAll(List.of(arguments.split(" ")));
        return programs.start(in(node, words.toArray(String[]::new)));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    private void show(LabPrograms programs, String node, String... command) throws IOException, InterruptedException {
        story.ran(node, String.join(" ", command).replace(wgsd.toString(), "wgsd"));
        story.printed(programs.run(30, in(node, command)).output());
    }

    private boolean ping(LabPrograms programs, int seconds) throws IOException, InterruptedException {
        String[] command = {"ping", "-c", "1", "-i", "0.2", "-w", Integer.toString(seconds), BOB};
        story.ran("alice", String.join(" ", command));
        LabPrograms.Result result = programs.run(seconds + 10, in("alice", command));
        // Pings wait for the handshake, and are then answered all at once.
        result.output()
                .lines()
                .filter(line -> line.contains("bytes from"))
                .limit(1)
                .forEach(story::printed);
        result.output()
                .lines()
                .filter(line -> line.contains("packets transmitted"))
                .forEach(story::printed);
        return result.status() == 0;
    }

    private String[] in(String node, String... command) {
        List<String> words = new ArrayList<>(List.of(natLab.toString(), "exec", node, "--"));
        words.addAll(Arrays.asList(command));
        return words.toArray(String[]::new);
    }
}
