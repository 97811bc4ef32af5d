package io.wgsd.benchmarks.relay;

import io.wgsd.benchmarks.Figures;
import io.wgsd.benchmarks.Samples;
import io.wgsd.benchmarks.relay.RelayTimes.Part;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes what was measured as a table of Markdown. */
final class RelayReport {

    private final int length;
    private final Map<Way, List<Part>> parts;

    RelayReport(int length, Map<Way, List<Part>> parts) {
        this.length = length;
        this.parts = new EnumMap<>(parts);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("packets of " + length + " bytes\n\n");
        line(
                text,
                "forwarded by",
                "packets a second",
                "beside DNAT and SNAT",
                "processor time each",
                "packets a second per core",
                "beside coturn",
                "takes at a quarter",
                "99 % within",
                "longer than by DNAT and SNAT");
        line(text, "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        for (Way way : Way.values()) {
            Samples rate = samples(way, Part::rate);
            Samples cost = samples(way, Part::nanosPerPacket);
            Samples perCore = samples(way, part -> 1e9 / part.nanosPerPacket());
            boolean process = way != Way.KERNEL;
            line(
                    text,
                    way.title,
                    Figures.count((int) rate.median()),
                    Figures.ratio(rate.beside(samples(Way.KERNEL, Part::rate))),
                    process ? Figures.time(cost.median()) : "",
                    process ? Figures.count((int) perCore.median()) : "",
                    process
                            ? Figures.ratio(perCore.beside(samples(Way.TURN, part -> 1e9 / part.nanosPerPacket())))
                            : "",
                    Figures.time(samples(way, Part::median).median()),
                    Figures.time(samples(way, Part::slow).median()),
                    process ? added(way) : "");
        }
        return text.toString();
    }

    private String added(Way way) {
        Samples more = Samples.of(parts.get(way).stream()
                .mapToDouble(part -> part.median()
                        - parts.get(Way.KERNEL)
                                .get(parts.get(way).indexOf(part))
                                .median())
                .toArray());
        return Figures.time(more.median()) + " (" + Figures.time(more.quantile(0.25)) + ".."
                + Figures.time(more.quantile(0.75)) + ")";
    }

    private Samples samples(Way way, ToDoubleFunction<Part> figure) {
        return Samples.of(parts.get(way).stream().mapToDouble(figure).toArray());
    }

    private static void line(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
