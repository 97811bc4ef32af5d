package io.wgsd.command.http;

import io.wgsd.command.http.MetricsText.Subject;
import io.wgsd.micrometer.families.BuildFamilies;
import io.wgsd.micrometer.families.RelayFamilies;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.relay.RelayHealth;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a relay on a host of its own shows. */
public final class RelayPages implements Pages {

    private final Supplier<RelayReading> relay;
    private final String zone;
    private final String version;

    public RelayPages(Supplier<RelayReading> relay, String zone, String version) {
        this.relay = relay;
        this.zone = zone;
        this.version = version;
    }

    @Override
    public List<String> unhealthy() {
        return relay.get().health().fatalError().stream()
                .map(error -> "the relay has failed: " + error)
                .toList();
    }

    @Override
    public List<String> unready() {
        RelayHealth health = relay.get().health();
        return health.isRunning() ? List.of() : List.of("the relay forwards nothing");
    }

    @Override
    public void metrics(MetricsText text) {
        text.add(BuildFamilies.ALL, List.of(new Subject<>(Map.of("version", version), version)));
        text.add(RelayFamilies.ALL, List.of(new Subject<>(Map.of("zone", zone), relay.get())));
    }
}
