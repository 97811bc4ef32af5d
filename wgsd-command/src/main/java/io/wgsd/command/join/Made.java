package io.wgsd.command.join;

import io.wgsd.internal.file.FileFailure;
import io.wgsd.internal.file.StateFile;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was made on this host, noted in a file before each step, so that all of it can be taken back, wherever a step has
 * ended.
 */
final class Made {

    private static final int MAX_SIZE = 64 * 1024;
    private static final String COMPLETE = "complete";

    /** What kind of thing was made. */
    enum Kind {
        FOLDER,
        FILE,
        SETTINGS,
        RELOAD,
        UNIT,
        DEVICE,
        STATE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One thing, and where it is or what it is called. */
    record Step(Kind kind, String what) {}

    private final Path file;
    private final String name;
    private final String zone;
    private final PublicKey key;
    private final List<Step> steps;
    private boolean complete;

    private Made(Path file, String name, String zone, PublicKey key, List<Step> steps) {
        this.file = file;
        this.name = name;
        this.zone = zone;
        this.key = key;
        this.steps = new ArrayList<>(steps);
    }

    /** Begins to note, before anything is made. */
    static Made begin(Path file, String name, String zone, PublicKey key) {
        return new Made(file, name, zone, key, List.of());
    }

    /** Reads what was made; empty where nothing was. */
    static Optional<Made> read(Path file) throws IOException {
        Optional<byte[]> content = new StateFile(file, MAX_SIZE).read();
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<String> lines =
                    new String(content.get(), StandardCharsets.UTF_8).lines().toList();
            String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
            if (words.length != 4 || !words[0].equals("joined")) {
                throw new FormatException("line", String.join(" ", words), "must be: joined NAME ZONE KEY");
            }
            boolean complete = lines.get(lines.size() - 1).equals(COMPLETE);
            List<Step> steps = lines.subList(1, complete ? lines.size() - 1 : lines.size()).stream()
                    .map(Made::step)
                    .toList();
            Made made = new Made(file, words[1], words[2], PublicKey.parse(words[3]), steps);
            made.complete = complete;
            return Optional.of(made);
        } catch (FormatException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static Step step(String line) {
        for (Kind kind : Kind.values()) {
            String word = kind.word() + " ";
            if (line.startsWith(word)) {
                return new Step(kind, line.substring(word.length()));
            }
        }
        throw new FormatException(
                "line",
                line,
                "must begin with folder, file, settings, reload, unit, device or state, or be complete at the end");
    }

    String name() {
        return name;
    }

    String zone() {
        return zone;
    }

    PublicKey key() {
        return key;
    }

    /** Returns the steps, the last one first. */
    List<Step> backwards() {
        List<Step> backwards = new ArrayList<>(steps);
        Collections.reverse(backwards);
        return backwards;
    }

    /** Returns whether all was made, and not only a part of it. */
    boolean isComplete() {
        return complete;
    }

    /** Returns whether a service was enabled. */
    boolean enabled(String unit) {
        return steps.contains(new Step(Kind.UNIT, unit));
    }

    /** Notes that all is made. */
    void complete() throws IOException {
        complete = true;
        write();
    }

    /** Notes what is going to be made. */
    void note(Kind kind, String what) throws IOException {
        if (what.contains("\n")) {
            throw new FormatException(kind.word(), what, "must be one line");
        }
        steps.add(new Step(kind, what));
        write();
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder("joined " + name + " " + zone + " " + key + "\n");
        steps.forEach(step ->
                text.append(step.kind().word()).append(' ').append(step.what()).append('\n'));
        text.append(complete ? COMPLETE + "\n" : "");
        new StateFile(file, MAX_SIZE).writePublic(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets all of it, after it was taken back. */
    void forget() throws IOException {
        delete(file);
    }

    /** Deletes a file, if it is there. */
    static void delete(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw FileFailure.of("cannot delete " + file, file, e);
        }
    }

    static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
