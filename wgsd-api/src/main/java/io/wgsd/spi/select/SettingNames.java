package io.wgsd.spi.select;

import io.wgsd.internal.Closest;
import io.wgsd.internal.OneLine;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which backend a setting belongs to, by its name (a backend's name, a dot and a word), and which names are unknown.
 */
public final class SettingNames {

    private static final String ALL = ".*";

    private SettingNames() {}

    /** Returns the name that means all settings of a backend, for one that does not list them. */
    public static String allOf(String backend) {
        return backend + ALL;
    }

    /** Returns whether a setting is a backend's. */
    public static boolean isOf(String backend, String name) {
        return name.startsWith(backend + ".");
    }

    /**
     * Refuses a setting that is not known.
     *
     * @param names the settings' names
     * @param known what is known, {@link #allOf} included
     * @param judged which of the names are checked
     * @throws IllegalArgumentException if one is unknown; it says which, and what is like it
     */
    public static void refuseUnknown(Collection<String> names, Set<String> known, Predicate<String> judged) {
        for (String name : names) {
            if (judged.test(name)
                    && !known.contains(name)
                    && !known.contains(allOf(name.substring(0, name.indexOf('.'))))) {
                throw unknown(name, known);
            }
        }
    }

    private static IllegalArgumentException unknown(String name, Set<String> known) {
        String instead = known.isEmpty()
                ? "there are none"
                : Closest.to(name, known)
                        .map(right -> "did you mean \"" + right + "\"?")
                        .orElseGet(() -> "there are " + String.join(", ", new TreeSet<>(known)));
        return new IllegalArgumentException("unknown setting \"" + OneLine.of(name) + "\": " + instead);
    }
}
