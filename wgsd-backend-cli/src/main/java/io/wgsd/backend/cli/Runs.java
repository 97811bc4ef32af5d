package io.wgsd.backend.cli;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects arguments of {@code wg set} into as few runs as the length of a command line and one key in each allow. */
final class Runs {

    /**
     * A system takes 128 KiB at the least, environment included (POSIX: 4 KiB; Linux: MAX_ARG_STRLEN for each
     * argument).
     */
    static final int LONGEST = 96 * 1024;

    /** Reads a key from standard input, which works for one key in a run. */
    static final String STDIN = "/dev/stdin";

    /** What is empty clears a key; an empty standard input would not. */
    static final String NO_KEY = "/dev/null";

    private final String device;
    private final List<Run> runs = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private List<PublicKey> completes = new ArrayList<>();
    private @Nullable SecretKey key;
    private int length;

    Runs(String device) {
        this.device = device;
    }

    /** Adds what belongs together: arguments that concern one peer, or the device, and the key that they read. */
    void add(List<String> more, @Nullable SecretKey itsKey) {
        int itsLength = more.stream().mapToInt(word -> word.length() + 1).sum();
        if (!words.isEmpty() && (length + itsLength > LONGEST || (itsKey != null && key != null))) {
            end();
        }
        words.addAll(more);
        length += itsLength;
        if (itsKey != null) {
            key = itsKey;
        }
    }

    /** Adds a run of {@code wg addconf}, for what no command line has room for. */
    void addConfiguration(String configuration) {
        end();
        runs.add(new Run(List.of(), null, configuration, List.of()));
    }

    /** Reports that a step is done with what was added. */
    void complete(PublicKey peer) {
        completes.add(peer);
    }

    /** Ends the current run. */
    void end() {
        if (words.isEmpty() && completes.isEmpty()) {
            return;
        }
        if (words.isEmpty()) {
            // Steps that need nothing are done with the run before them.
            runs.add(new Run(List.of(), null, null, completes));
        } else {
            List<String> all = new ArrayList<>(List.of("set", device));
            all.addAll(words);
            runs.add(new Run(all, key, null, completes));
        }
        words = new ArrayList<>();
        completes = new ArrayList<>();
        key = null;
        length = 0;
    }

    List<Run> all() {
        end();
        return runs;
    }
}
