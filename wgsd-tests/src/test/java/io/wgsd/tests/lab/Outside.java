package io.wgsd.tests.lab;

import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A network beside the lab's own, from which hosts outside of the tunnel ask. */
public final class Outside {

    private final String pid;

    private Outside(String pid) {
        this.pid = pid;
    }

    /** Waits until the program has left this network for one of its own. */
    public static Outside of(Background holder) throws IOException, InterruptedException {
        Path theirs = Path.of("/proc/" + holder.pid() + "/ns/net");
        Path ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        long deadline = System.nanoTime() + LabNetwork.LIMIT.toNanos();
        while (Files.readSymbolicLink(theirs).equals(ours)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("there is no other network");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return new Outside(Long.toString(holder.pid()));
    }

    /** Runs a program to its end, and returns what it wrote. */
    public String run(String... command) throws IOException, InterruptedException {
        return Program.run(LabNetwork.LIMIT, new ProcessBuilder(inside(List.of(command))))
                .output();
    }

    /** Returns the command that runs a program there. */
    public List<String> inside(List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", pid, "-n", "--"));
        all.addAll(command);
        return all;
    }
}
