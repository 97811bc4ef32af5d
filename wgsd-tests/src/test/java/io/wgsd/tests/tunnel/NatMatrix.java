package io.wgsd.tests.tunnel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A table of how many trials ended with a direct tunnel, for each pair of NATs; not thread-safe. */
final class NatMatrix {

    private final List<NatKind> kinds;
    private final int trials;
    private final Map<List<NatKind>, Integer> direct = new HashMap<>();

    NatMatrix(List<NatKind> kinds, int trials) {
        this.kinds = kinds;
        this.trials = trials;
    }

    /** Counts a trial. */
    void count(NatKind one, NatKind other, boolean isDirect) {
        direct.merge(List.of(one, other), isDirect ? 1 : 0, Integer::sum);
    }

    /** Returns how many of the trials ended with a direct tunnel. */
    int direct(NatKind one, NatKind other) {
        return direct.getOrDefault(List.of(one, other), 0);
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
        Integer count = direct.get(List.of(one, other));
        return count == null ? "" : "direct " + count + "/" + trials;
    }

    private static String row(String first, List<String> cells) {
        return "| " + first + " | " + String.join(" | ", cells) + " |\n";
    }
}
