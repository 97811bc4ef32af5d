package io.wgsd.tests.packages;

import io.wgsd.testkit.contract.Lab;
import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A clean Debian 12 in a folder, with some packages: what is changed in it is kept in a folder of its own. It has this
 * machine's network.
 */
public final class DebianRoot implements AutoCloseable {

    private static final Duration TO_MAKE = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final String MOUNT = "mount -t overlay overlay -o \"lowerdir=$1,upperdir=$0/upper,workdir=$0/work\""
            + " \"$0/tree\"; mount --bind \"$0/run\" \"$0/tree/run\"; mount --bind \"$0/mnt\" \"$0/tree/mnt\";"
            + " mount --rbind /dev \"$0/tree/dev\"; mount -t proc proc \"$0/tree/proc\"; shift;"
            + " exec chroot \"$0/tree\" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive \"$@\"";

    private final Path directory;
    private final String clean;

    private DebianRoot(Path directory, String clean) {
        this.directory = directory;
        this.clean = clean;
    }

    /**
     * Prepares one; where that is not possible the test is skipped.
     *
     * @param directory an empty folder
     * @param packages the packages in it, besides the essential ones
     */
    static DebianRoot with(Path directory, String... packages) throws IOException, InterruptedException {
        Lab.require(System.getProperty("user.name").equals("root"), "a Debian root needs root: run the tests as root");
        Program.require("mmdebstrap", "mmdebstrap");
        List<String> words = new ArrayList<>(List.of("../lab/debian-root"));
        words.addAll(List.of(packages));
        Result made = Program.run(TO_MAKE, new ProcessBuilder(words));
        if (made.status() != 0) {
            throw new AssertionError(made.output());
        }
        for (String folder : List.of("upper", "work", "tree", "run", "mnt")) {
            Files.createDirectories(directory.resolve(folder));
        }
        String output = made.output().strip();
        return new DebianRoot(directory, output.substring(output.lastIndexOf('\n') + 1));
    }

    /** Prepares one with Java. */
    public static DebianRoot withJava(Path directory) throws IOException, InterruptedException {
        return with(directory, "openjdk-17-jre-headless", "systemd-standalone-sysusers", "systemd-standalone-tmpfiles");
    }

    /** Returns the folder that is {@code /run} there. */
    Path run() {
        return directory.resolve("run");
    }

    /** Returns the folder that is {@code /mnt} there. */
    public Path mnt() {
        return directory.resolve("mnt");
    }

    /** Runs a program there, and returns what it prints; its status must be 0. */
    public String run(String... words) throws IOException, InterruptedException {
        Result result = attempt(words);
        if (result.status() != 0) {
            throw new AssertionError(List.of(words) + " ended with " + result.status() + ":\n" + result.output());
        }
        return result.output();
    }

    /** Runs a program there. */
    Result attempt(String... words) throws IOException, InterruptedException {
        return Program.run(LIMIT, new ProcessBuilder(inside(words)));
    }

    /** Starts a program there. */
    Background start(String... words) throws IOException {
        return Background.start(new ProcessBuilder(inside(words)));
    }

    private List<String> inside(String... words) {
        List<String> all = new ArrayList<>(List.of("unshare", "-m", "sh", "-ec", MOUNT, directory.toString(), clean));
        all.addAll(List.of(words));
        return all;
    }

    /** Removes what was changed in it; some of it belongs to others than this user. */
    @Override
    public void close() throws IOException, InterruptedException {
        Program.run(LIMIT, new ProcessBuilder("rm", "-rf", directory.toString()));
    }
}
