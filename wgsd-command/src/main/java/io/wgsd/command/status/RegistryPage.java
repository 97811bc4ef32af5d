package io.wgsd.command.status;

import io.wgsd.command.output.AddressText;
import io.wgsd.command.output.Json;
import io.wgsd.command.output.RegistryView;
import io.wgsd.dnssd.Zone;
import io.wgsd.micrometer.families.PublisherReading;
import io.wgsd.micrometer.families.RegistryReading;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.model.Device;
import io.wgsd.relay.RelayStats;
import io.wgsd.server.RegistryStats;
import io.wgsd.spi.PeerSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a process with registries answers at its status socket. */
public final class RegistryPage {

    private static final int NAMES = 11;

    private RegistryPage() {}

    /**
     * Returns what answers for registries.
     *
     * @param source what is said of each peer is read from it each time
     */
    public static UnaryOperator<String> of(Supplier<List<RegistryView>> registries, PeerSource source) {
        return line -> answer(StatusQuery.parse(line), registries.get(), PeerList.from(source), Instant.now())
                .encoded();
    }

    static StatusAnswer answer(
            StatusQuery query, List<RegistryView> registries, Function<String, Optional<Device>> devices, Instant now) {
        boolean well =
                registries.stream().allMatch(registry -> registry.unready().isEmpty());
        // Several objects are several elements of the array in which they are printed.
        return new StatusAnswer(
                well,
                registries.stream()
                        .map(registry -> query.json()
                                ? Json.write(json(registry, devices))
                                : text(query, registry, devices, now))
                        .collect(Collectors.joining(query.json() ? "," : "\n")));
    }

    private static String text(
            StatusQuery query, RegistryView view, Function<String, Optional<Device>> devices, Instant now) {
        Screen screen = new Screen(query);
        RegistryReading registry = view.registry();
        String where =
                registry.health().listening().stream().map(AddressText::of).collect(Collectors.joining(", "));
        screen.title(
                view.zone() + ":",
                "registry of " + view.device() + (where.isEmpty() ? ", not served here" : " at " + where));
        view.unready().forEach(screen::problem);
        registry.zone().ifPresent(zone -> line(screen, "zone", zone(zone, registry.stats(), now)));
        line(screen, "queries", queries(registry.stats()));
        line(
                screen,
                "transfers",
                registry.stats().transfers() + " whole, " + registry.stats().incrementalTransfers() + " of changes");
        line(
                screen,
                "readings",
                registry.stats().polls() + ", " + registry.stats().failedPolls() + " failed");
        view.publisher().ifPresent(publisher -> line(screen, "published", published(publisher)));
        view.relay().ifPresent(relay -> line(screen, "relay", relay(relay)));
        registry.zone().ifPresent(zone -> PeerList.show(screen, zone, view.device(), devices, view.names(), now));
        return screen.toString();
    }

    private static void line(Screen screen, String name, String words) {
        screen.line(2, name, NAMES, words);
    }

    private static String zone(Zone zone, RegistryStats stats, Instant now) {
        return "serial " + zone.serial() + ", " + zone.peers().size() + " peers, read "
                + stats.snapshotAge().map(Amounts::time).orElse("never") + " ago"
                + RegistryReading.signatureExpiry(zone)
                        .map(end -> ", signed for " + Amounts.time(Duration.between(now, end)))
                        .orElse("");
    }

    /** Returns what became of the queries, without what never happened. */
    private static String queries(RegistryStats stats) {
        List<String> outcomes = new ArrayList<>(List.of(stats.answered() + " answered"));
        count(outcomes, stats.nameErrors(), "no such name");
        count(outcomes, stats.noData(), "no such type");
        count(outcomes, stats.refused(), "refused");
        count(outcomes, stats.malformed(), "malformed");
        count(outcomes, stats.badSignatures(), "badly signed");
        count(outcomes, stats.notReady(), "not ready");
        count(outcomes, stats.limited(), "over the limit");
        count(outcomes, stats.forged(), "forged");
        count(outcomes, stats.dropped(), "dropped");
        return stats.queries() + ": " + String.join(", ", outcomes);
    }

    private static void count(List<String> outcomes, long count, String words) {
        if (count > 0) {
            outcomes.add(count + " " + words);
        }
    }

    private static String published(PublisherReading publisher) {
        return publisher
                        .stats()
                        .successAge()
                        .map(age -> "up to date " + Amounts.time(age) + " ago")
                        .orElse("not yet")
                + ", " + publisher.stats().attempts() + " attempts, "
                + publisher.stats().failedAttempts() + " failed";
    }

    static String relay(RelayReading relay) {
        RelayStats stats = relay.stats();
        return stats.attached() + " of " + stats.members() + " members attached, " + stats.routes() + " routes, "
                + stats.forwardedPackets() + " packets forwarded (" + Amounts.bytes(stats.forwardedBytes()) + "), "
                + stats.overLimit() + " over the limit";
    }

    private static Map<String, @Nullable Object> json(RegistryView view, Function<String, Optional<Device>> devices) {
        RegistryStats stats = view.registry().stats();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", "registry");
        json.put("zone", view.zone());
        json.put("device", view.device());
        json.put("well", view.unready().isEmpty());
        json.put("problems", view.unready());
        json.put(
                "listening",
                view.registry().health().listening().stream()
                        .map(AddressText::of)
                        .toList());
        json.put("serial", view.registry().zone().map(Zone::serial).orElse(null));
        json.put(
                "peers", view.registry().zone().map(zone -> zone.peers().size()).orElse(null));
        json.put(
                "signedUntil",
                view.registry().zone().flatMap(RegistryReading::signatureExpiry).orElse(null));
        json.put(
                "readingAgeSeconds",
                stats.snapshotAge().map(Duration::toSeconds).orElse(null));
        json.put("queries", counts(stats));
        json.put(
                "publishedAgeSeconds",
                view.publisher()
                        .flatMap(each -> each.stats().successAge())
                        .map(Duration::toSeconds)
                        .orElse(null));
        json.put("relay", view.relay().map(RegistryPage::json).orElse(null));
        json.put(
                "peerList",
                view.registry()
                        .zone()
                        .map(zone -> PeerList.json(zone, view.device(), devices, view.names()))
                        .orElse(null));
        return json;
    }

    private static Map<String, @Nullable Object> counts(RegistryStats stats) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("all", stats.queries());
        json.put("answered", stats.answered());
        json.put("nameErrors", stats.nameErrors());
        json.put("noData", stats.noData());
        json.put("refused", stats.refused());
        json.put("malformed", stats.malformed());
        json.put("badSignatures", stats.badSignatures());
        json.put("notReady", stats.notReady());
        json.put("dropped", stats.dropped());
        json.put("forged", stats.forged());
        json.put("limited", stats.limited());
        json.put("transfers", stats.transfers());
        json.put("incrementalTransfers", stats.incrementalTransfers());
        return json;
    }

    static Map<String, @Nullable Object> json(RelayReading relay) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("members", relay.stats().members());
        json.put("attached", relay.stats().attached());
        json.put("routes", relay.stats().routes());
        json.put("forwardedPackets", relay.stats().forwardedPackets());
        json.put("forwardedBytes", relay.stats().forwardedBytes());
        json.put("overLimit", relay.stats().overLimit());
        return json;
    }
}
