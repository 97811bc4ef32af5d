package io.wgsd.discovery;

import io.wgsd.model.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an agent saw, as it notes it, and what follows from that: the same decisions again.
 *
 * <p>A line is {@code seed N} at the start, {@code look …} for each look, {@code again …} for one right before something was
 * written, and {@code gone} where the device was not there.
 */
final class Replay {

    private @Nullable Long seed;
    private @Nullable AgentState state;
    private @Nullable Decision decided;
    private final List<AgentEvent> events = new ArrayList<>();

    private Replay() {}

    static String seed(long seed) {
        return "seed " + seed;
    }

    static String look(Observation seen, boolean again) {
        return (again ? "again " : "look ") + Recording.write(seen);
    }

    static String gone() {
        return "gone";
    }

    /**
     * Decides again about what was noted.
     *
     * @param lines the lines of one agent, from its start
     * @return what is told of peers, as then
     * @throws FormatException if a line makes no sense
     */
    static List<AgentEvent> of(Stream<String> lines) {
        Replay replay = new Replay();
        lines.forEach(replay::take);
        replay.settle();
        return replay.events;
    }

    private void take(String line) {
        if (line.matches("seed -?[0-9]{1,18}")) {
            seed = Long.parseLong(line.substring(5));
        } else if (line.startsWith("look ")) {
            settle();
            Observation seen = Recording.read(line.substring(5));
            decided = Decisions.decide(known(seen), seen);
        } else if (line.startsWith("again ") && decided != null) {
            Observation seen = Recording.read(line.substring(6));
            decided = Decisions.confirm(decided, known(seen), seen);
        } else if (line.equals(gone())) {
            settle();
            state = state == null ? null : state.withoutDevice();
        } else {
            throw new FormatException("recorded line", line, "it is none that an agent notes");
        }
    }

    private AgentState known(Observation seen) {
        AgentState before = state;
        return before == null ? AgentState.initial(seed == null ? 0 : seed, seen.at()) : before;
    }

    private void settle() {
        Decision last = decided;
        if (last != null) {
            state = last.state();
            events.addAll(last.events());
            decided = null;
        }
    }
}
