package io.wgsd.command.explain;

import io.wgsd.command.output.AgentEventFormat;
import io.wgsd.command.output.Json;
import io.wgsd.command.output.NamedKeys;
import io.wgsd.command.status.Screen;
import io.wgsd.command.status.StatusQuery;
import io.wgsd.members.PeerNames;
import io.wgsd.model.PublicKey;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints an explanation, for people and for programs. */
final class ExplanationText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Evidence seen;
    private final Explanation explanation;
    private final PeerNames names;

    ExplanationText(Evidence seen, PeerNames names) {
        this.seen = seen;
        this.names = names;
        explanation = Explanation.of(seen);
    }

    ExplainAnswer answer(StatusQuery query) {
        return new ExplainAnswer(
                explanation.isWell() ? ExplainAnswer.Verdict.WELL : ExplainAnswer.Verdict.PROBLEM,
                query.json() ? Json.write(json()) : text(query));
    }

    private String text(StatusQuery query) {
        Screen screen = new Screen(query);
        PublicKey key = seen.peer();
        screen.title(
                names.of(key).map(name -> name + " (" + key.toBase64() + "):").orElse(key.toBase64() + ":"),
                NamedKeys.in(explanation.headline(), names));
        if (!seen.story().isEmpty()) {
            screen.section("WHAT HAPPENED");
            seen.story()
                    .forEach(entry -> screen.line(
                            2, TIME.format(entry.at()), 14, NamedKeys.in(AgentEventFormat.text(entry.event()), names)));
        }
        screen.section("WHAT IS SEEN");
        explanation.evidence().forEach(sentence -> screen.line(2, "-", 1, NamedKeys.in(sentence, names)));
        List<Cause> causes = explanation.causes();
        if (!causes.isEmpty()) {
            screen.section(heading());
            for (int i = 0; i < causes.size(); i++) {
                Cause cause = causes.get(i);
                screen.line(2, (i + 1) + ".", 2, NamedKeys.in(cause.what(), names));
                screen.line(5, "what tells:", 11, cause.tells());
                screen.line(5, "what to do:", 11, cause.remedy());
            }
        }
        return screen.toString();
    }

    private String heading() {
        if (!explanation.isWell()) {
            return "WHAT FITS, THE LIKELIEST CAUSE FIRST";
        }
        return seen.isRelayed() ? "WHY THERE IS NO DIRECT PATH, THE LIKELIEST CAUSE FIRST" : "WORTH A LOOK";
    }

    private Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("device", seen.device());
        json.put("publicKey", seen.peer().toBase64());
        json.put("name", names.of(seen.peer()).orElse(null));
        json.put("well", explanation.isWell());
        json.put("headline", explanation.headline());
        json.put(
                "timeline",
                seen.story().stream()
                        .map(entry -> AgentEventFormat.json(entry.at(), entry.event()))
                        .toList());
        json.put("evidence", explanation.evidence());
        json.put(
                "causes",
                explanation.causes().stream().map(ExplanationText::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Cause cause) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("cause", cause.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.put("what", cause.what());
        json.put("tells", cause.tells());
        json.put("remedy", cause.remedy());
        return json;
    }
}
