package io.wgsd.tests.tunnel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A table of which path the tunnels of each pair of NATs took, and in how many trials; not thread-safe. */
final class NatMatrix {

    private final List<NatKind> kinds;
    private final int trials;
    private final Map<List<NatKind>, Map<String, Integer>> paths = new HashMap<>();

    NatMatrix(List<NatKind> kinds, int trials) {
        this.kinds = kinds;
        this.trials = trials;
    }

    /** Counts a trial, in which the tunnel took this path. */
    void count(NatKind one, NatKind other, String path) {
        paths.computeIfAbsent(List.of(one, other), pair -> new TreeMap<>()).merge(path, 1, Integer::sum);
    }

    /** Returns in how many of the trials the tunnel took this path. */
    int count(String path, NatKind one, NatKind other) {
        return paths.getOrDefault(List.of(one, other), Map.of()).getOrDefault(path, 0);
    }

    /** Returns a table of Markdown, in which a pair has one cell. */
    @Override
    public String toString() {
        String head = row("", kinds.stream().map(NatKind::toString).toList());
        String line = row("---", kinds.stream().map(kind -> "---").toList());
        return head + line + kinds.stream().map(this::row).collect(Collectors.joining());
    }

    private String row(NatKind kind) {
        return row(
                kind.toString(), kinds.stream().map(other -> cell(kind, other)).toList());
    }

    private String cell(NatKind one, NatKind other) {
        return paths.getOrDefault(List.of(one, other), Map.of()).entrySet().stream()
                .map(path -> path.getKey() + " " + path.getValue() + "/" + trials)
                .collect(Collectors.joining(", "));
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |\n";
    }
}
