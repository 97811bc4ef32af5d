package io.wgsd.command.status;

import io.wgsd.command.member.MembersView;
import io.wgsd.command.status.Screen.Cell;
import io.wgsd.command.status.Screen.Row;
import io.wgsd.members.VerifiedNetwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is shown of the list of members that an agent follows. */
final class MembersRows {

    private static final int MOST_REFUSALS = 16;

    private MembersRows() {}

    static void show(MembersView members, Instant now, Screen screen) {
        Optional<VerifiedNetwork> network = members.network();
        screen.blank();
        screen.table(
                2,
                List.of("MEMBERS", "STATE", "AGE", "VALID", "SERIAL", "KEYS"),
                List.of(new Row(
                        List.of(
                                Cell.of(network.map(each -> Integer.toString(
                                                each.network().members().size()))
                                        .orElse("-")),
                                new Cell(state(network, now), style(network, now)),
                                Cell.of(network.map(each -> Amounts.time(Duration.between(each.validFrom(), now)))
                                        .orElse("-")),
                                Cell.of(network.map(each -> left(each, now)).orElse("-")),
                                Cell.of(network.map(each -> Long.toString(each.serial()))
                                        .orElse("-")),
                                Cell.of(members.keys().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")))),
                        "")));
        network.filter(each -> each.isHalfOver(now))
                .ifPresent(each -> screen.line(3, "", 0, MembersView.dueText(each)));
        members.problems().forEach(problem -> screen.line(3, "", 0, problem));
        members.refusals().stream().limit(MOST_REFUSALS).forEach(refusal -> screen.line(3, "", 0, refusal));
        if (members.refusals().size() > MOST_REFUSALS) {
            screen.line(3, "", 0, "and " + (members.refusals().size() - MOST_REFUSALS) + " more");
        }
    }

    private static String left(VerifiedNetwork network, Instant now) {
        Duration left = Duration.between(now, network.validUntil());
        return left.isNegative() ? "-" : Amounts.time(left);
    }

    private static String state(Optional<VerifiedNetwork> network, Instant now) {
        if (network.isEmpty()) {
            return "none";
        }
        if (now.isAfter(network.get().validUntil())) {
            return "expired";
        }
        return network.get().isHalfOver(now) ? "due" : "valid";
    }

    private static Style style(Optional<VerifiedNetwork> network, Instant now) {
        return switch (state(network, now)) {
            case "valid" -> Style.GOOD;
            case "expired" -> Style.BAD;
            default -> Style.BUSY;
        };
    }

    static Map<String, @Nullable Object> json(MembersView members, Instant now) {
        Optional<VerifiedNetwork> network = members.network();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("zone", members.zone());
        json.put("state", state(network, now));
        json.put("serial", network.map(VerifiedNetwork::serial).orElse(null));
        json.put("count", network.map(each -> each.network().members().size()).orElse(null));
        json.put("validFrom", network.map(VerifiedNetwork::validFrom).orElse(null));
        json.put("validUntil", network.map(VerifiedNetwork::validUntil).orElse(null));
        json.put("keys", new ArrayList<Object>(members.keys()));
        json.put("problems", members.problems());
        json.put("refusals", members.refusals());
        return json;
    }
}
