package io.wgsd.benchmarks.tunnels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stamps that were written down, and prints how long it took in each trial from when the registry had a
 * session with both peers until both had one with each other, as a row of a table: {@code TunnelTimes NAME TRIALS-FILE
 * LOG...}.
 *
 * <p>A line of the trials' file is {@code ALICE-KEY BOB-KEY}, and then on each a trial's begin and end in nanoseconds.
 */
public final class TunnelTimes {

    private TunnelTimes() {}

    public static void main(String... arguments) throws IOException {
        List<String> trials = Files.readAllLines(Path.of(arguments[1]));
        String[] keys = trials.get(0).split(" ");
        Map<String, TreeSet<Long>> stamps = new TreeMap<>();
        for (int i = 2; i < arguments.length; i++) {
            for (String line : Files.readAllLines(Path.of(arguments[i]))) {
                String[] words = line.split(" ");
                if (words.length == 3) {
                    stamps.computeIfAbsent(words[0] + " " + words[1], each -> new TreeSet<>())
                            .add(Long.parseLong(words[2]));
                }
            }
        }
        List<Long> millis = new ArrayList<>();
        int failed = 0;
        for (String trial : trials.subList(1, trials.size())) {
            String[] times = trial.split(" ");
            long begin = Long.parseLong(times[0]);
            long end = Long.parseLong(times[1]);
            OptionalLong known = later(stamps, "registry " + keys[0], "registry " + keys[1], begin, end);
            OptionalLong done = later(stamps, "alice " + keys[1], "bob " + keys[0], begin, end);
            if (known.isEmpty()) {
                throw new IOException("the registry had no session with both peers from " + begin + " to " + end);
            }
            if (done.isPresent()) {
                millis.add(Math.max(0, Math.round((done.getAsLong() - known.getAsLong()) / 1e6)));
            } else {
                failed++;
            }
        }
        Collections.sort(millis);
        System.out.println(row(arguments[0], millis, failed));
    }

    private static OptionalLong later(
            Map<String, TreeSet<Long>> stamps, String one, String other, long begin, long end) {
        Long first = first(stamps, one, begin, end);
        Long second = first(stamps, other, begin, end);
        return first == null || second == null ? OptionalLong.empty() : OptionalLong.of(Math.max(first, second));
    }

    private static @Nullable Long first(Map<String, TreeSet<Long>> stamps, String who, long begin, long end) {
        TreeSet<Long> all = stamps.get(who);
        Long first = all == null ? null : all.ceiling(begin);
        return first == null || first > end ? null : first;
    }

    private static String row(String name, List<Long> sorted, int failed) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %s | %d |",
                name,
                sorted.size() + failed,
                at(sorted, 0),
                at(sorted, 0.5),
                at(sorted, 0.9),
                at(sorted, 0.99),
                at(sorted, 1),
                failed);
    }

    private static String at(List<Long> sorted, double share) {
        return sorted.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%,d", sorted.get((int)
                        Math.min(sorted.size() - 1L, (long) (sorted.size() * share))));
    }
}
