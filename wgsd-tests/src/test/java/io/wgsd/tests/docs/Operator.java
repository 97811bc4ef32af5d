package io.wgsd.tests.docs;

import io.wgsd.tests.process.Background;
import io.wgsd.tests.process.Program;
import io.wgsd.tests.process.Wgsd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what a page says, as its reader would: in a folder of the project, on a host whose {@code /etc}, {@code
 * /var/lib}, {@code /opt} and {@code /run/wgsd} are its own.
 */
final class Operator implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    /** What goes on until it is ended; it says so when it is ready. */
    private static final Pattern SERVICE = Pattern.compile("(?:[A-Z_]+=\\S+ )*\\./wgsd (registry|relay|agent) ");

    private static final String SET_UP = "mount --bind \"$0/etc\" /etc; mount --bind \"$0/lib\" /var/lib;"
            + " mount --bind \"$0/opt\" /opt; mkdir -p /run/wgsd; mount --bind \"$0/run\" /run/wgsd; cd \"$0/here\";"
            + " exec \"$@\"";

    private final Path directory;
    private final UnaryOperator<List<String>> inNetwork;
    private final Map<String, Background> services = new LinkedHashMap<>();

    private Operator(Path directory, UnaryOperator<List<String>> inNetwork) {
        this.directory = directory;
        this.inNetwork = inNetwork;
    }

    /**
     * Prepares a host.
     *
     * @param directory an empty folder for what it holds
     * @param inNetwork turns a command into one that runs in the host's network
     */
    static Operator of(Path directory, UnaryOperator<List<String>> inNetwork) throws IOException, InterruptedException {
        Wgsd.require();
        Operator operator = new Operator(directory, inNetwork);
        for (String folder : List.of("etc/wgsd", "lib/wgsd", "opt", "run", "here")) {
            Files.createDirectories(directory.resolve(folder));
        }
        Program.run(LIMIT, new ProcessBuilder("cp", "-a", "/etc/.", directory + "/etc/"));
        Files.createSymbolicLink(directory.resolve("here/wgsd"), Page.PROJECT.resolve("wgsd"));
        Program.run(
                LIMIT, new ProcessBuilder("cp", "-a", Wgsd.LIBRARIES.getParent().toString(), directory + "/opt/wgsd"));
        return operator;
    }

    /** Follows each block of commands in turn. */
    void follow(Block block) throws IOException, InterruptedException {
        for (String command : block.commands()) {
            Matcher service = SERVICE.matcher(command);
            if (service.lookingAt()) {
                serve(service.group(1), command, block);
            } else {
                run(command, block);
            }
        }
    }

    /** Starts a service and waits until it is ready; the one before of its kind is ended first. */
    Background serve(String kind, String command, Block block) throws IOException, InterruptedException {
        end(kind);
        Background service = start(command);
        services.put(kind, service);
        try {
            service.awaitLine("ready");
        } catch (AssertionError e) {
            throw new AssertionError(block + ": " + command + "\n" + e.getMessage(), e);
        }
        return service;
    }

    /** Ends a service, where one of that kind runs. */
    void end(String kind) throws InterruptedException {
        Background running = services.remove(kind);
        if (running != null) {
            running.terminate();
        }
    }

    /** Sends a signal to what runs by that name. */
    void signal(String name, String signal) throws IOException, InterruptedException {
        services.get(name).signal(signal);
    }

    /** Starts a program that goes on until it is ended by that name, or this is closed. */
    void startAs(String name, String command) throws IOException {
        services.put(name, start(command));
    }

    /** Starts a program that goes on until this is closed. */
    Background start(String command) throws IOException {
        Background started = Background.start(new ProcessBuilder(words("exec env --default-signal=HUP " + command)));
        services.put(command, started);
        return started;
    }

    /** Runs a command as a shell does, and returns what it prints; its status must be 0. */
    String run(String command, Object where) throws IOException, InterruptedException {
        Program.Result result = Program.run(LIMIT, new ProcessBuilder(words(command)));
        if (result.status() != 0) {
            throw new AssertionError(
                    where + ": " + command + " ends with " + result.status() + ":\n" + result.output() + logs());
        }
        return result.output();
    }

    /** Writes a file of the host's; below /etc, or one of the folder in which commands are run. */
    Path write(String path, String content, String mode) throws IOException, InterruptedException {
        Path file = directory.resolve(path.startsWith("/") ? path.substring(1) : "here/" + path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Program.run(LIMIT, new ProcessBuilder("chmod", mode, file.toString()));
        return file;
    }

    String read(String path) throws IOException {
        return Files.readString(directory.resolve(path.startsWith("/") ? path.substring(1) : "here/" + path));
    }

    /** Returns what all that runs has said. */
    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (Background each : services.values()) {
            logs.append("\n----\n").append(each.output());
        }
        return logs.toString();
    }

    private List<String> words(String command) {
        List<String> words = new ArrayList<>(
                List.of("unshare", "-m", "sh", "-ec", SET_UP, directory.toString(), "sh", "-ec", command));
        return inNetwork.apply(words);
    }

    /** Ends what runs and removes the host's files, links into this machine's among them. */
    @Override
    public void close() throws IOException, InterruptedException {
        services.values().forEach(Background::close);
        Program.run(LIMIT, new ProcessBuilder("rm", "-rf", directory.toString()));
    }
}
