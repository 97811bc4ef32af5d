package io.wgsd.command.http;

import io.wgsd.micrometer.families.Family;
import io.wgsd.micrometer.families.Family.Kind;
import io.wgsd.micrometer.families.Family.Series;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Metrics as text for Prometheus: in its own format 0.0.4, or in OpenMetrics 1.0.0, which differ in what is said about
 * a family and in the last line. Not thread-safe.
 */
public final class MetricsText {

    private static final int LEAST_SCIENTIFIC = 53;

    private final boolean openMetrics;
    private final StringBuilder text = new StringBuilder(8192);

    MetricsText(boolean openMetrics) {
        this.openMetrics = openMetrics;
    }

    /**
     * Something that is shown.
     *
     * @param labels what distinguishes it from others of its kind
     * @param reading what the numbers are read from
     * @param <T> its kind
     */
    public record Subject<T>(Map<String, String> labels, T reading) {}

    /** Adds families, each with the numbers of all subjects. A number that there is not (NaN) is left out. */
    public <T> void add(List<Family<T>> families, List<Subject<T>> subjects) {
        if (subjects.isEmpty()) {
            return;
        }
        for (Family<T> family : families) {
            head(family);
            for (Subject<T> subject : subjects) {
                for (Series<T> series : family.series()) {
                    double value = series.value().applyAsDouble(subject.reading());
                    if (!Double.isNaN(value)) {
                        sample(family.sampleName(), subject.labels(), series.labels(), value);
                    }
                }
            }
        }
    }

    /** Ends the text and returns it. */
    String end() {
        if (openMetrics) {
            text.append("# EOF\n");
        }
        return text.toString();
    }

    /** In OpenMetrics a counter's family has the name without {@code _total}. */
    private void head(Family<?> family) {
        String sample = family.sampleName();
        String name = openMetrics && family.kind() == Kind.COUNTER
                ? sample.substring(0, sample.length() - "_total".length())
                : sample;
        text.append("# HELP ").append(name).append(' ');
        escape(family.help(), false);
        text.append("\n# TYPE ").append(name).append(' ').append(family.kind()).append('\n');
        if (openMetrics && !family.unit().isEmpty()) {
            text.append("# UNIT ")
                    .append(name)
                    .append(' ')
                    .append(family.unit())
                    .append('\n');
        }
    }

    private void sample(String name, Map<String, String> subject, Map<String, String> series, double value) {
        Map<String, String> labels = new TreeMap<>(subject);
        labels.putAll(series);
        text.append(name);
        char before = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text.append(before).append(label.getKey()).append("=\"");
            escape(label.getValue(), true);
            text.append('"');
            before = ',';
        }
        if (!labels.isEmpty()) {
            text.append('}');
        }
        text.append(' ');
        if (value == Math.rint(value) && Math.abs(value) < 1L << LEAST_SCIENTIFIC) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    private void escape(String value, boolean quoted) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quoted ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }
}
