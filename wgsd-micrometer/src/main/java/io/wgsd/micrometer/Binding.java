package io.wgsd.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.wgsd.micrometer.families.Family;
import io.wgsd.micrometer.families.Family.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes meters of families, which all read the same moment, and removes them. Thread-safe. */
final class Binding<T> {

    /** How long a reading is good: a scrape reads each meter once, and a reading has the values of all of them. */
    private static final long GOOD_NANOS = 200_000_000;

    private final Supplier<T> source;
    private final LongSupplier nanoClock;
    private final List<Bound> bound = new ArrayList<>();
    private @Nullable T latest;
    private long readAt;

    private record Bound(MeterRegistry registry, Meter meter) {}

    Binding(Supplier<T> source) {
        this(source, System::nanoTime);
    }

    Binding(Supplier<T> source, LongSupplier nanoClock) {
        this.source = source;
        this.nanoClock = nanoClock;
    }

    void bind(List<Family<T>> families, Tags tags, MeterRegistry registry) {
        for (Family<T> family : families) {
            for (Series<T> series : family.series()) {
                Meter meter = meter(family, series, tags.and(labels(series)), registry);
                synchronized (this) {
                    bound.add(new Bound(registry, meter));
                }
            }
        }
    }

    synchronized void close() {
        bound.forEach(each -> each.registry().remove(each.meter()));
        bound.clear();
    }

    private Meter meter(Family<T> family, Series<T> series, Tags tags, MeterRegistry registry) {
        String unit = family.unit().isEmpty() ? null : family.unit();
        return switch (family.kind()) {
            case COUNTER ->
                FunctionCounter.builder(
                                family.name(), this, self -> series.value().applyAsDouble(self.reading()))
                        .description(family.help())
                        .baseUnit(unit)
                        .tags(tags)
                        .register(registry);
            case GAUGE ->
                Gauge.builder(family.name(), this, self -> series.value().applyAsDouble(self.reading()))
                        .description(family.help())
                        .baseUnit(unit)
                        .tags(tags)
                        .strongReference(true)
                        .register(registry);
        };
    }

    private static Tags labels(Series<?> series) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : series.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        return tags;
    }

    private synchronized T reading() {
        T reading = latest;
        long now = nanoClock.getAsLong();
        if (reading == null || now - readAt > GOOD_NANOS) {
            reading = source.get();
            latest = reading;
            readAt = now;
        }
        return reading;
    }
}
