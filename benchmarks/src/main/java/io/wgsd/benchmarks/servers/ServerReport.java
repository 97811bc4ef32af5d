package io.wgsd.benchmarks.servers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes tables of what {@code benchmarks/servers} measured. Argument: the file of samples. */
final class ServerReport {

    private static final List<String> YARDSTICKS = List.of("nsd1", "nsd2");

    /** What one server did with one kind of question at one size, in the order of the rounds. */
    private static final class Series {
        private final List<Double> rate = new ArrayList<>();
        private final List<Double> cost = new ArrayList<>();
        private long lost;
    }

    private ServerReport() {}

    public static void main(String[] args) throws IOException {
        Map<String, Map<Integer, Map<String, Series>>> kinds = new LinkedHashMap<>();
        Map<Integer, Map<String, Double>> memory = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            String[] words = line.split(" ");
            int size = Integer.parseInt(words[0]);
            if (words[1].equals("memory")) {
                memory.computeIfAbsent(size, each -> new LinkedHashMap<>())
                        .put(words[2], Double.parseDouble(words[3]) / 1024);
                continue;
            }
            Series series = kinds.computeIfAbsent(words[1], each -> new TreeMap<>())
                    .computeIfAbsent(size, each -> new LinkedHashMap<>())
                    .computeIfAbsent(words[2], each -> new Series());
            series.rate.add(Double.parseDouble(words[3]));
            series.cost.add(Double.parseDouble(words[4]) / 1000);
            series.lost += Long.parseLong(words[5]);
        }
        kinds.forEach((kind, sizes) -> print(System.out, kind, sizes));
        print(System.out, memory);
    }

    private static void print(PrintStream out, String kind, Map<Integer, Map<String, Series>> sizes) {
        out.println("### " + kind + "\n");
        out.println(
                "| peers | server | answers/s, median | best | beside NSD | µs of processor per answer | beside NSD |"
                        + " lost |");
        out.println("|---:|---|---:|---:|---:|---:|---:|---:|");
        sizes.forEach((size, servers) -> {
            Optional<Series> nsd = YARDSTICKS.stream()
                    .filter(servers::containsKey)
                    .map(servers::get)
                    .reduce((some, other) -> median(some.rate) >= median(other.rate) ? some : other);
            servers.forEach((server, series) -> out.printf(
                    Locale.ROOT,
                    "| %,d | %s | %,.0f | %,.0f | %s | %.2f | %s | %d |%n",
                    size,
                    server,
                    median(series.rate),
                    quantile(series.rate, 1),
                    nsd.map(other -> ratio(series.rate, other.rate)).orElse("–"),
                    median(series.cost),
                    nsd.map(other -> ratio(series.cost, other.cost)).orElse("–"),
                    series.lost));
        });
        int least = sizes.keySet().iterator().next();
        for (Map.Entry<Integer, Map<String, Series>> entry : sizes.entrySet()) {
            entry.getValue().forEach((server, series) -> {
                Series small = sizes.get(least).get(server);
                if (entry.getKey() != least && small != null) {
                    out.printf(
                            Locale.ROOT,
                            "%n%s at %,d peers beside %,d: %s%n",
                            server,
                            entry.getKey(),
                            least,
                            ratio(series.rate, small.rate));
                }
            });
        }
        out.println();
    }

    private static void print(PrintStream out, Map<Integer, Map<String, Double>> memory) {
        out.println("### Memory after that\n\nMiB, proportional set size of the process and its children.\n");
        out.println("| peers | server | MiB |\n|---:|---|---:|");
        memory.forEach((size, servers) -> servers.forEach(
                (server, mebibytes) -> out.printf(Locale.ROOT, "| %,d | %s | %.0f |%n", size, server, mebibytes)));
    }

    private static String ratio(List<Double> some, List<Double> other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            ratios.add(some.get(i) / other.get(i));
        }
        return String.format(
                Locale.ROOT, "%.2f (%.2f..%.2f)", median(ratios), quantile(ratios, 0.25), quantile(ratios, 0.75));
    }

    private static double median(List<Double> values) {
        return quantile(values, 0.5);
    }

    private static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        double at = part * (sorted.size() - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below));
    }
}
