package io.wgsd.command.netcheck;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one check saw.
 *
 * @param topic what it is about, as it is printed
 * @param isGood whether nothing about it is in the way of a tunnel; what is not known is not in the way
 * @param words what was seen, in a sentence or more
 * @param values the same for programs
 */
public record Fact(String topic, boolean isGood, String words, Map<String, @Nullable Object> values) {

    static Fact good(String topic, String words) {
        return new Fact(topic, true, words, new LinkedHashMap<>());
    }

    static Fact bad(String topic, String words) {
        return new Fact(topic, false, words, new LinkedHashMap<>());
    }

    Fact with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Fact(topic, isGood, words, more);
    }

    /** Returns the object that {@code --json} prints. */
    public Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("topic", topic);
        json.put("good", isGood);
        json.put("words", words);
        json.putAll(values);
        return json;
    }
}
