package io.wgsd.benchmarks;

import io.wgsd.benchmarks.Case.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes what was measured as tables of Markdown. */
final class Report {

    private final Map<Case, Samples> nanos;
    private final Map<Case, Long> bytes;
    private final List<String> backends;
    private final List<Integer> sizes;

    Report(Map<Case, Samples> nanos, Map<Case, Long> bytes, List<String> backends, List<Integer> sizes) {
        this.nanos = nanos;
        this.bytes = bytes;
        this.backends = backends;
        this.sizes = sizes;
    }

    @Override
    public String toString() {
        return String.join("\n", reading(), changing());
    }

    private String reading() {
        StringBuilder text = new StringBuilder();
        line(text, "peers", "read by", "time", "beside `wg`", "reusing", "beside `wg`", "allocated", "reusing");
        line(text, "--:", "---", "--:", "--:", "--:", "--:", "--:", "--:");
        for (int size : sizes) {
            Samples wg = nanos(Case.WG, Action.READ, size);
            line(text, Figures.count(size), "`wg show DEVICE dump`", time(wg), "1", "", "", "", "");
            for (String backend : backends) {
                Samples read = nanos(backend, Action.READ, size);
                Samples reread = nanos(backend, Action.REREAD, size);
                line(
                        text,
                        Figures.count(size),
                        backend,
                        time(read),
                        Figures.ratio(read.beside(wg)),
                        time(reread),
                        Figures.ratio(reread.beside(wg)),
                        Figures.bytes(bytes(backend, Action.READ, size)),
                        Figures.bytes(bytes(backend, Action.REREAD, size)));
            }
        }
        line(text, "", "`wg --version`", time(nanos(Case.WG, Action.START, 0)), "", "", "", "", "");
        return text.toString();
    }

    private String changing() {
        StringBuilder text = new StringBuilder();
        List<String> heads = new ArrayList<>(List.of("one endpoint changed by"));
        sizes.forEach(size -> heads.add("of " + Figures.count(size)));
        more().forEach(size -> heads.add(Figures.count(size) + " beside " + Figures.count(least())));
        sizes.forEach(size -> heads.add("beside `wg`, of " + Figures.count(size)));
        line(text, heads);
        line(
                text,
                heads.stream()
                        .map(head -> head.startsWith("one") ? "---" : "--:")
                        .toList());
        changing(text, "`wg set`", Case.WG);
        backends.forEach(backend -> changing(text, backend, backend));
        return text.toString();
    }

    private void changing(StringBuilder text, String title, String who) {
        List<String> cells = new ArrayList<>(List.of(title));
        sizes.forEach(size -> cells.add(time(change(who, size))));
        more().forEach(size -> cells.add(Figures.ratio(change(who, size).beside(change(who, least())))));
        sizes.forEach(size -> cells.add(
                who.equals(Case.WG) ? "1" : Figures.ratio(change(who, size).beside(change(Case.WG, size)))));
        line(text, cells);
    }

    private int least() {
        return sizes.get(0);
    }

    private List<Integer> more() {
        return sizes.subList(1, sizes.size());
    }

    private Samples change(String who, int size) {
        return nanos(who, Action.CHANGE_ENDPOINT, size);
    }

    private Samples nanos(String who, Action action, int size) {
        return Objects.requireNonNull(nanos.get(new Case(who, action, size)));
    }

    private long bytes(String backend, Action action, int size) {
        return Objects.requireNonNull(bytes.get(new Case(backend, action, size)));
    }

    private static String time(Samples nanos) {
        return Figures.time(nanos.median());
    }

    private static void line(StringBuilder text, String... cells) {
        line(text, List.of(cells));
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
