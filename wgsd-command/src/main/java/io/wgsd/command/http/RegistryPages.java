package io.wgsd.command.http;

import io.wgsd.command.http.MetricsText.Subject;
import io.wgsd.command.output.RegistryView;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.micrometer.families.BuildFamilies;
import io.wgsd.micrometer.families.PublisherFamilies;
import io.wgsd.micrometer.families.RegistryFamilies;
import io.wgsd.micrometer.families.RelayFamilies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What registries show, several in one process told apart by zone and device. */
public final class RegistryPages implements Pages {

    private final Supplier<List<RegistryView>> registries;
    private final String version;
    private final boolean perPeer;

    public RegistryPages(Supplier<List<RegistryView>> registries, String version, boolean perPeer) {
        this.registries = registries;
        this.version = version;
        this.perPeer = perPeer;
    }

    @Override
    public List<String> unhealthy() {
        return registries.get().stream()
                .flatMap(each -> each.unhealthy().stream())
                .toList();
    }

    @Override
    public List<String> unready() {
        return registries.get().stream()
                .flatMap(each -> each.unready().stream())
                .toList();
    }

    @Override
    public void metrics(MetricsText text) {
        List<RegistryView> now = registries.get();
        text.add(BuildFamilies.ALL, List.of(new Subject<>(Map.of("version", version), version)));
        text.add(RegistryFamilies.ALL, subjects(now, view -> Optional.of(view.registry())));
        text.add(PublisherFamilies.ALL, subjects(now, RegistryView::publisher));
        text.add(RelayFamilies.ALL, subjects(now, RegistryView::relay));
        if (perPeer) {
            text.add(RegistryFamilies.PEER, peers(now));
        }
    }

    private static <T> List<Subject<T>> subjects(List<RegistryView> all, Function<RegistryView, Optional<T>> part) {
        return all.stream()
                .flatMap(view -> part.apply(view).stream().map(reading -> new Subject<>(labels(view), reading)))
                .toList();
    }

    private static List<Subject<Advertisement>> peers(List<RegistryView> all) {
        List<Subject<Advertisement>> peers = new ArrayList<>();
        for (RegistryView view : all) {
            for (Advertisement peer : view.registry().zone().map(Zone::peers).orElse(List.of())) {
                peers.add(new Subject<>(
                        Map.of(
                                "zone",
                                view.zone(),
                                "device",
                                view.device(),
                                "public_key",
                                peer.publicKey().toBase64()),
                        peer));
            }
        }
        return peers;
    }

    private static Map<String, String> labels(RegistryView view) {
        return Map.of("zone", view.zone(), "device", view.device());
    }
}
