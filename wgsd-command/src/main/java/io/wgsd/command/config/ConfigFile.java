package io.wgsd.command.config;

import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.options.UsageException;
import io.wgsd.internal.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** A configuration file in TOML: a table {@code [[registry]]} for each registry, with the options' names as keys. */
public final class ConfigFile {

    private static final String REGISTRIES = "registry";

    private ConfigFile() {}

    /**
     * Reads a file.
     *
     * @throws UsageException if a setting is wrong; in one line, with the line number
     * @throws IOException if it, or a file that it names, cannot be read
     */
    public static List<RegistrySettings> read(Path file) throws IOException {
        byte[] content = InputFile.readTrusted(file, "configuration file");
        TomlParseResult toml = Toml.parse(new String(content, StandardCharsets.UTF_8));
        if (toml.hasErrors()) {
            TomlParseError error = toml.errors().get(0);
            throw new UsageException(file + ":" + error.position().line() + ": " + error.getMessage());
        }
        for (String key : toml.keySet()) {
            if (!key.equals(REGISTRIES)) {
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
        return check(file, array);
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
