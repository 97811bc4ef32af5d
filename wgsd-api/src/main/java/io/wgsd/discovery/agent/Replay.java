package io.wgsd.discovery.agent;

import io.wgsd.discovery.AgentRecording;
import io.wgsd.discovery.decide.AgentMemory;
import io.wgsd.discovery.decide.DeviceDecider;
import io.wgsd.discovery.decide.DeviceDecision;
import io.wgsd.discovery.decide.FailedWrites;
import io.wgsd.discovery.decide.Observation;
import io.wgsd.discovery.decide.move.MoveReport;
import io.wgsd.model.FormatException;
import io.wgsd.model.Moment;
import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what an agent saw, and makes the same decisions again from that.
 *
 * <p>A line is {@code seed N} at the start, {@code look …} for each look, {@code again …} for one right before a write,
 * {@code undone …} for peers that could not be written, {@code moved KEY OUTCOME} for what came of an order to
 * move a session, {@code dropped} where nothing of a decision was carried out,
 * and {@code gone} where there was no device.
 */
public final class Replay {

    private @Nullable Long seed;
    private @Nullable AgentMemory state;
    private @Nullable DeviceDecision decided;
    private @Nullable Moment last;
    private final List<AgentRecording.Entry> entries = new ArrayList<>();

    private Replay() {}

    static String seed(long seed) {
        return "seed " + seed;
    }

    static String look(Observation seen, boolean again) {
        return (again ? "again " : "look ") + ObservationText.write(seen);
    }

    static String gone() {
        return "gone";
    }

    /** Returns the line that says that nothing of the last decision was carried out. */
    static String dropped() {
        return "dropped";
    }

    /** Returns the line that says what came of an order to move a session. */
    static String moved(MoveReport report) {
        return "moved " + report.peer().toBase64() + " " + report.outcome().name();
    }

    /** Returns the line that says which peers could not be written, and why. */
    static String undone(Map<PublicKey, String> why) {
        return "undone "
                + why.entrySet().stream()
                        .map(entry -> entry.getKey().toBase64() + ";"
                                + Base64.getEncoder()
                                        .encodeToString(entry.getValue().getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.joining(" "));
    }

    /**
     * Decides again about what was recorded.
     *
     * @param lines the lines of one agent, from its start
     * @return the events of peers and endpoints, as they were then
     * @throws FormatException if a line makes no sense
     */
    public static List<AgentRecording.Entry> of(Stream<String> lines) {
        Replay replay = new Replay();
        lines.forEach(replay::take);
        replay.settle();
        return List.copyOf(replay.entries);
    }

    private void take(String line) {
        if (line.matches("seed -?[0-9]{1,18}")) {
            seed = Long.parseLong(line.substring(5));
        } else if (line.startsWith("look ")) {
            settle();
            Observation seen = ObservationText.read(line.substring(5));
            last = seen.at();
            decided = DeviceDecider.decide(known(seen), seen);
        } else if (line.startsWith("again ") && decided != null) {
            Observation seen = ObservationText.read(line.substring(6));
            last = seen.at();
            decided = DeviceDecider.confirm(decided, known(seen), seen);
        } else if (line.startsWith("undone ") && decided != null && last != null) {
            AgentMemory before = state == null ? AgentMemory.initial(seed == null ? 0 : seed, last) : state;
            decided = FailedWrites.of(decided, before, why(line.substring(7)), last);
        } else if (line.startsWith("moved ")) {
            settle();
            state = state == null ? null : state.reported(report(line.substring(6)));
        } else if (line.equals(dropped())) {
            decided = null;
        } else if (line.equals(gone())) {
            settle();
            state = state == null ? null : state.withoutDevice();
        } else {
            throw new FormatException("recorded line", line, "it is none that an agent notes");
        }
    }

    private static MoveReport report(String text) {
        String[] words = text.split(" ", -1);
        MoveReport.Outcome outcome = Arrays.stream(MoveReport.Outcome.values())
                .filter(each -> words.length == 2 && each.name().equals(words[1]))
                .findFirst()
                .orElseThrow(() -> new FormatException("recorded move", text, "it must be a key and an outcome"));
        return new MoveReport(PublicKey.parse(words[0]), outcome);
    }

    private static Map<PublicKey, String> why(String text) {
        Map<PublicKey, String> why = new HashMap<>();
        for (String each : text.split(" ", -1)) {
            String[] parts = each.split(";", -1);
            if (parts.length != 2) {
                throw new FormatException("recorded failure", each, "it must be a key and a reason");
            }
            why.put(PublicKey.parse(parts[0]), reason(parts[1]));
        }
        return why;
    }

    private static String reason(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FormatException("recorded failure", text, "the reason must be base64");
        }
    }

    private AgentMemory known(Observation seen) {
        AgentMemory before = state;
        return before == null ? AgentMemory.initial(seed == null ? 0 : seed, seen.at()) : before;
    }

    private void settle() {
        DeviceDecision made = decided;
        Moment at = last;
        if (made != null && at != null) {
            state = made.state();
            Stream.concat(made.events().stream(), made.relays().events().stream())
                    .forEach(event -> entries.add(new AgentRecording.Entry(at.wall(), event)));
            decided = null;
        }
    }
}
