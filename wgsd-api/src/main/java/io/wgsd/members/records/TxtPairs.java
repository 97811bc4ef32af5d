package io.wgsd.members.records;

import io.wgsd.model.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The key/value pairs of a TXT record (RFC 6763, section 6), each value a list that goes on under the same key with a
 * number where it passes 255 bytes: {@code allowed=}, {@code allowed1=}, {@code allowed2=} ….
 *
 * <p>What is signed is read strictly: a pair that is there twice, or cannot be read, makes the record unfit.
 */
public final class TxtPairs {

    private static final int MAX_STRING = 255;
    private static final int MAX_STRINGS = 512;
    private static final String VERSION = "txtvers";

    private final Map<String, String> pairs;

    private TxtPairs(Map<String, String> pairs) {
        this.pairs = pairs;
    }

    /** Returns the first string of each record. */
    public static List<String> begin() {
        List<String> strings = new ArrayList<>();
        strings.add(VERSION + "=1");
        return strings;
    }

    /** Adds the values of a list, unless there are none. */
    public static void add(List<String> strings, String key, List<?> values) {
        StringBuilder text = new StringBuilder();
        int continuation = 0;
        for (Object value : values) {
            String next = value.toString();
            if (text.length() > 0 && text.length() + 1 + next.length() > MAX_STRING) {
                strings.add(text.toString());
                text.setLength(0);
                continuation++;
            }
            text.append(text.length() == 0 ? key + (continuation == 0 ? "" : continuation) + "=" : ",")
                    .append(next);
        }
        if (text.length() > 0) {
            strings.add(text.toString());
        }
    }

    /** Reads a record's strings, which must be of version 1; keys that nobody asks for are passed over. */
    public static TxtPairs parse(List<byte[]> strings) {
        if (strings.size() > MAX_STRINGS) {
            throw new FormatException("TXT record", strings.size() + " strings", "may have " + MAX_STRINGS);
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (byte[] bytes : strings) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            if (pairs.putIfAbsent(key, equals < 0 ? "" : text.substring(equals + 1)) != null) {
                throw new FormatException("TXT record", text, "must have each key once");
            }
        }
        if (!"1".equals(pairs.remove(VERSION))) {
            throw new FormatException("TXT record", pairs.toString(), "must have txtvers=1; update wgsd");
        }
        return new TxtPairs(pairs);
    }

    /** Returns the values of a list; none where it is not there. */
    public List<String> list(String key) {
        List<String> values = new ArrayList<>();
        int read = 0;
        for (String text = pairs.get(key); text != null; text = pairs.get(key + read)) {
            values.addAll(List.of(text.split(",", -1)));
            read++;
        }
        long written = pairs.keySet().stream()
                .filter(name -> name.equals(key) || name.matches(key + "[0-9]+"))
                .count();
        if (written != read) {
            throw new FormatException("TXT record", pairs.toString(), "lacks a part of " + key + "=");
        }
        return values;
    }

    /** Returns the only value of a key. */
    public String only(String key) {
        List<String> values = list(key);
        if (values.size() != 1) {
            throw new FormatException("TXT record", pairs.toString(), "must have " + key + "= with one value");
        }
        return values.get(0);
    }
}
