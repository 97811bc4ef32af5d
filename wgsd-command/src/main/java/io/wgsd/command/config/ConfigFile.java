package io.wgsd.command.config;

import io.wgsd.command.log.Level;
import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.options.UsageException;
import io.wgsd.internal.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A configuration file in TOML: a table {@code [[registry]]} for each registry, with the options' names as keys, and
 * before them what concerns all.
 */
public final class ConfigFile {

    private static final String REGISTRIES = "registry";

    private final List<RegistrySettings> registries;
    private final Optional<Level> logLevel;

    private ConfigFile(List<RegistrySettings> registries, Optional<Level> logLevel) {
        this.registries = registries;
        this.logLevel = logLevel;
    }

    /** Returns the registries, at least one. */
    public List<RegistrySettings> registries() {
        return registries;
    }

    /** Returns how much to log; empty if it says nothing about that. */
    public Optional<Level> logLevel() {
        return logLevel;
    }

    /**
     * Reads a file.
     *
     * @throws UsageException if a setting is wrong; in one line, with the line number
     * @throws IOException if it, or a file that it names, cannot be read
     */
    public static ConfigFile read(Path file) throws IOException {
        byte[] content = InputFile.readTrusted(file, "configuration file");
        TomlParseResult toml = Toml.parse(new String(content, StandardCharsets.UTF_8));
        if (toml.hasErrors()) {
            TomlParseError error = toml.errors().get(0);
            throw new UsageException(file + ":" + error.position().line() + ": " + error.getMessage());
        }
        for (String key : toml.keySet()) {
            if (!key.equals(REGISTRIES) && !key.equals(LogOption.NAME)) {
                throw new UsageException(file + ":" + lineOf(toml, key) + ": \"" + key
                        + "\" is not allowed here; settings go below a line [[registry]]");
            }
        }
        Object registries = toml.get(REGISTRIES);
        if (!(registries instanceof TomlArray array)
                || array.isEmpty()
                || !array.toList().stream().allMatch(TomlTable.class::isInstance)) {
            throw new UsageException(file + ": there is no registry; it begins with a line [[registry]]");
        }
        return new ConfigFile(check(file, array), logLevel(file, toml));
    }

    private static Optional<Level> logLevel(Path file, TomlTable toml) {
        Object value = toml.get(List.of(LogOption.NAME));
        return value == null
                ? Optional.empty()
                : Optional.of(LogOption.parse(
                        file + ":" + lineOf(toml, LogOption.NAME) + ": " + LogOption.NAME, value.toString()));
    }

    private static int lineOf(TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? 1 : position.line();
    }

    private static List<RegistrySettings> check(Path file, TomlArray array) throws IOException {
        List<RegistrySettings> all = new ArrayList<>();
        Set<Object> identities = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            TomlTable table = array.getTable(i);
            RegistrySettings settings =
                    new ConfigTable(file, array.inputPositionOf(i).line(), table).check();
            if (!identities.add(settings.identity())) {
                throw new UsageException(file + ":" + array.inputPositionOf(i).line() + ": zone " + settings.zone()
                        + " of device " + settings.device() + " is there twice");
            }
            all.add(settings);
        }
        return all;
    }
}
