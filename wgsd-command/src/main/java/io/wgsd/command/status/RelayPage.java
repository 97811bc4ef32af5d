package io.wgsd.command.status;

import io.wgsd.command.output.Json;
import io.wgsd.micrometer.families.RelayReading;
import io.wgsd.relay.RelaySighting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a relay on a host of its own answers at its status socket. */
public final class RelayPage {

    private static final int NAMES = 11;

    private RelayPage() {}

    /**
     * Returns what answers for a relay.
     *
     * @param zone the zone whose peers are its members
     * @param where its address
     * @param heard returns from where it hears its members
     */
    public static UnaryOperator<String> of(
            String zone, String where, Supplier<RelayReading> relay, Supplier<List<RelaySighting>> heard) {
        return line ->
                answer(StatusQuery.parse(line), zone, where, relay.get(), heard).encoded();
    }

    static StatusAnswer answer(
            StatusQuery query, String zone, String where, RelayReading relay, Supplier<List<RelaySighting>> heard) {
        List<String> problems = problems(relay);
        return new StatusAnswer(
                problems.isEmpty(),
                query.json()
                        ? Json.write(json(zone, where, relay, problems, heard))
                        : text(query, zone, where, relay, problems));
    }

    /** Returns what an operator should know, a line each. */
    public static List<String> problems(RelayReading relay) {
        List<String> problems = new ArrayList<>(relay.health().problems());
        relay.health().fatalError().ifPresent(error -> problems.add("the relay has failed: " + error));
        return problems;
    }

    private static String text(
            StatusQuery query, String zone, String where, RelayReading relay, List<String> problems) {
        Screen screen = new Screen(query);
        screen.title(zone + ":", "relay at " + where);
        problems.forEach(screen::problem);
        screen.line(2, "relay", NAMES, RegistryPage.relay(relay));
        return screen.toString();
    }

    private static Map<String, @Nullable Object> json(
            String zone, String where, RelayReading relay, List<String> problems, Supplier<List<RelaySighting>> heard) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", "relay");
        json.put("zone", zone);
        json.put("endpoint", where);
        json.put("well", problems.isEmpty());
        json.put("problems", problems);
        json.putAll(RegistryPage.json(relay));
        json.put(
                "peerList",
                relay.stats().attached() > PeerList.LONGEST
                        ? null
                        : heard.get().stream().map(RelayPage::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(RelaySighting member) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("publicKey", member.member().toBase64());
        json.put("endpoints", List.of(member.source().toString()));
        json.put("site", Site.of(member.source()).orElse(null));
        json.put("ageSeconds", Math.max(0, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - member.nanos())));
        return json;
    }
}
