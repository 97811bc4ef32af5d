package io.wgsd.spi;

import io.wgsd.internal.OneLine;
import io.wgsd.spi.select.SettingNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a backend is opened. Immutable and thread-safe.
 *
 * <p>Settings are a backend's own; their names begin with the backend's, as in {@code uapi.directory}, and a backend
 * ignores those of others. One that no backend knows is refused where backends are opened.
 */
public final class PeerSourceOptions {

    private static final PeerSourceOptions DEFAULTS = new PeerSourceOptions(Duration.ofSeconds(5), Map.of());

    // So that a count of nanoseconds cannot overflow.
    private static final Duration MOST = Duration.ofDays(1);

    private final Duration timeout;
    private final Map<String, String> settings;

    private PeerSourceOptions(Duration timeout, Map<String, String> settings) {
        this.timeout = timeout;
        this.settings = settings;
    }

    /**
     * Returns the options that fit most callers: five seconds for each operation, no settings.
     *
     * @return the defaults
     */
    public static PeerSourceOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with another limit on the time that one operation may take.
     *
     * @param limit more than zero, at most a day
     * @return new options
     * @throws IllegalArgumentException if the limit is out of range
     */
    public PeerSourceOptions withTimeout(Duration limit) {
        Objects.requireNonNull(limit, "timeout");
        if (limit.isNegative() || limit.isZero() || limit.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("timeout must be more than zero and at most a day, was " + limit);
        }
        return new PeerSourceOptions(limit, settings);
    }

    /**
     * Returns these options with a backend's setting.
     *
     * @param name the setting's name, as the backend documents it
     * @param value the value; it must not be a secret
     * @return new options
     * @throws IllegalArgumentException if the name is not a backend's name, a dot and a word
     */
    public PeerSourceOptions withSetting(String name, String value) {
        int dot = Objects.requireNonNull(name, "name").indexOf('.');
        if (dot <= 0 || dot == name.length() - 1 || name.chars().anyMatch(c -> c <= ' ' || c == '*')) {
            throw new IllegalArgumentException("a setting's name must be a backend's name, a dot and a word, as in"
                    + " \"uapi.directory\", was \"" + OneLine.of(name) + "\"");
        }
        Map<String, String> more = new TreeMap<>(settings);
        more.put(name, Objects.requireNonNull(value, "value of " + name));
        return new PeerSourceOptions(timeout, Collections.unmodifiableMap(more));
    }

    /**
     * Returns how long one operation may take.
     *
     * @return more than zero, at most a day
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Returns a backend's setting.
     *
     * @param name the setting's name
     * @return the value; empty where it was not set
     */
    public Optional<String> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /**
     * Returns a backend's setting that is a file or directory.
     *
     * @param name the setting's name
     * @return its absolute path; empty where it was not set
     * @throws IllegalArgumentException if it is no absolute path
     */
    public Optional<Path> absolutePath(String name) {
        return setting(name).map(text -> absolutePath(name, text));
    }

    private static Path absolutePath(String name, String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // It is said below, with the setting's name.
        }
        throw new IllegalArgumentException(name + " must be an absolute path, was \"" + text + "\"");
    }

    /**
     * Returns the names of the settings, of whichever backend.
     *
     * @return the names, in order
     */
    public Set<String> settingNames() {
        return settings.keySet();
    }

    /**
     * Refuses those settings whose names begin with a backend's name and that it does not know; backends call it.
     *
     * @param backend the backend's name
     * @param known the names of its settings
     * @throws IllegalArgumentException if there is another; it says which, and what is like it
     */
    public void refuseUnknown(String backend, Set<String> known) {
        SettingNames.refuseUnknown(settings.keySet(), known, name -> SettingNames.isOf(backend, name));
    }
}
