package io.wgsd.command.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
    private static final String ZONE = "example.com";
    private static final String REGISTRY = "10.0.0.254:53";
    private static final String BOB = "10.0.0.2";
    private static final int PATIENCE_SECONDS = 15;

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

        story.chapter("Alice has Bob's key, but does not know where he is");
        show(programs, "alice", "wg", "show", "wg0", "endpoints");
        if (ping(programs, 1)) {
            story.say("That ping should have had no answer: something else connects the two. The story ends here.");
            return false;
        }
        story.say("No answer: WireGuard has no endpoint for Bob, and his NAT would let nobody in.");

        story.chapter("The registry serves in DNS what its WireGuard knows");
        story.ran("registry", "wgsd registry --zone " + ZONE + " --device wg0 &");
        LabPrograms.Running registry =
                programs.start(in("registry", wgsd.toString(), "registry", "--zone", ZONE, "--device", "wg0"));
        if (!registry.awaitLine(line -> line.contains("ready"), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            story.printed(registry.output());
            story.say("The registry was not ready in time.");
            return false;
        }
        story.printed(registry.output());
        show(programs, "alice", wgsd.toString(), "browse", "--dns", REGISTRY, "--zone", ZONE);
        story.say("These are the addresses and ports that the NATs have given: nobody configured them.");

        story.chapter("Alice and Bob each look their peers up and set the endpoints");
        for (String node : List.of("alice", "bob")) {
            show(programs, node, wgsd.toString(), "client", "--device", "wg0", "--dns", REGISTRY, "--zone", ZONE);
        }

        story.chapter("A direct tunnel");
        if (!ping(programs, PATIENCE_SECONDS)) {
            show(programs, "alice", wgsd.toString(), "show", "wg0");
            story.say("There was no answer within " + PATIENCE_SECONDS + " seconds; see the device above.");
            return false;
        }
        show(programs, "alice", "wg", "show", "wg0", "endpoints");
        show(programs, "bob", "wg", "show", "wg0", "endpoints");

        story.chapter("The registry is no longer needed");
        registry.end();
        story.say("The registry is stopped; the tunnel stays up without it.");
        boolean stillUp = ping(programs, PATIENCE_SECONDS);
        story.say(stillUp ? "Alice and Bob talk directly. That is all wgsd does." : "The tunnel is no longer up.");
        return stillUp;
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
