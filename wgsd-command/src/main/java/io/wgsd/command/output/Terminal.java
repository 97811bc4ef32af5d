package io.wgsd.command.output;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What standard output is: a terminal, and how wide, or something else. */
public final class Terminal {

    /** How many characters fit where nobody says. */
    public static final int USUAL_WIDTH = 80;

    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    private final boolean terminal;
    private final Map<String, String> environment;

    private Terminal(boolean terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    /** Looks at this process's standard output. */
    public static Terminal ofThisProcess() {
        return new Terminal(isTerminal(), System.getenv());
    }

    static Terminal of(boolean terminal, Map<String, String> environment) {
        return new Terminal(terminal, Map.copyOf(environment));
    }

    public boolean isOne() {
        return terminal;
    }

    /** Returns whether colours may be used (https://no-color.org). */
    public boolean hasColours() {
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /** Returns whether half blocks can be written, which some old encodings lack. */
    public static boolean hasBlocks() {
        // Java 17 does not have the standard name yet.
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        try {
            Charset charset = name == null ? Charset.defaultCharset() : Charset.forName(name);
            return charset.newEncoder().canEncode('▀');
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns how many characters fit in a line; it is looked up again, since it may have changed. */
    public int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9]\\d{0,3}")) {
            return Integer.parseInt(columns);
        }
        String size = terminal ? size() : "";
        return size.matches("\\d+ [1-9]\\d{0,3}")
                ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
                : USUAL_WIDTH;
    }

    /** Returns what stty says: rows and columns. */
    private static String size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Linux says what a descriptor is; elsewhere there is plain text, which fits each terminal. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(OUTPUT).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
