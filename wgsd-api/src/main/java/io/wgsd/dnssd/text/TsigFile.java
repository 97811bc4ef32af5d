package io.wgsd.dnssd.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which name servers write a shared secret: BIND's {@code key} statement, Knot's YAML, and the base64
 * alone.
 */
public final class TsigFile {

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    /**
     * What BIND's reader skips (lib/isccfg/parser.c): text in quotes is found first, so that a comment in it is none.
     */
    private static final Pattern BIND_TOKEN = Pattern.compile(
            "\"([^\"]*)\"|([{};])|(//[^\\n]*|#[^\\n]*|/[*].*?(?:[*]/|\\z))|([^\\s\"{};]+)", Pattern.DOTALL);

    private static final Pattern YAML_FIELD =
            Pattern.compile("\\s*(-\\s+)?(id|algorithm|secret)\\s*:\\s*(?:\"([^\"]*)\"|([^\\s#\"]+))\\s*(?:\\s#.*)?");

    private TsigFile() {}

    /** A key as the file has it; unchecked. */
    public record Entry(String name, String algorithm, String secret) {}

    /** Returns the secret where the file holds nothing else. */
    public static Optional<String> bareSecret(String text) {
        return Optional.of(text.strip()).filter(secret -> BASE64.matcher(secret).matches());
    }

    /** Returns the keys that the file names; none where it has another form. */
    public static List<Entry> entries(String text) {
        boolean yaml = text.lines().anyMatch(line -> line.strip().equals("key:"));
        return yaml ? yaml(text) : bind(text);
    }

    private static List<Entry> yaml(String text) {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher field = YAML_FIELD.matcher(line);
            if (!field.matches()) {
                continue;
            }
            if (field.group(1) != null) {
                entry(fields).ifPresent(entries::add);
                fields.clear();
            }
            fields.put(field.group(2), either(field.group(3), field.group(4)));
        }
        entry(fields).ifPresent(entries::add);
        return entries;
    }

    private static Optional<Entry> entry(Map<String, String> fields) {
        String name = fields.get("id");
        String algorithm = fields.get("algorithm");
        String secret = fields.get("secret");
        return name == null || algorithm == null || secret == null
                ? Optional.empty()
                : Optional.of(new Entry(name, algorithm, secret));
    }

    private static List<Entry> bind(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = BIND_TOKEN.matcher(text);
        while (matcher.find()) {
            if (matcher.group(3) == null) {
                tokens.add(either(matcher.group(1), either(matcher.group(2), matcher.group(4))));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).equals("key") && tokens.get(i + 2).equals("{")) {
                Map<String, String> fields = new HashMap<>(Map.of("id", tokens.get(i + 1)));
                for (int j = i + 3; j + 1 < tokens.size() && !tokens.get(j).equals("}"); j++) {
                    if (!tokens.get(j).equals(";")) {
                        fields.put(tokens.get(j).toLowerCase(Locale.ROOT), tokens.get(j + 1));
                        j++;
                    }
                }
                entry(fields).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private static String either(@Nullable String one, @Nullable String other) {
        return one != null ? one : other == null ? "" : other;
    }
}
