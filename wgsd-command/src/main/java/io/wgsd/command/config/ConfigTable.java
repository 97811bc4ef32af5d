package io.wgsd.command.config;

import io.wgsd.command.options.RegistryOptions;
import io.wgsd.command.options.RegistrySettings;
import io.wgsd.command.options.UsageException;
import io.wgsd.command.output.ErrorText;
import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One registry in a configuration file, read as the command line that says the same, so that there is one set of words
 * and one set of rules.
 */
final class ConfigTable {

    private static final String PEERS = "peers";
    private static final String VISIBILITY = "visibility";
    /** What is no longer may stand in a message by chance. */
    private static final int SHORT = 3;

    private static final Pattern OPTION = Pattern.compile("--([a-z-]+)");

    private final Path file;
    private final int line;
    private final TomlTable table;

    ConfigTable(Path file, int line, TomlTable table) {
        this.file = file;
        this.line = line;
        this.table = table;
    }

    /** Returns the settings, or says which line is wrong. */
    RegistrySettings check() throws IOException {
        RegistryOptions settings = new RegistryOptions();
        CommandLine command =
                new CommandLine(CommandSpec.create().name("registry").addMixin("settings", settings.mixin()));
        List<String> arguments = new ArrayList<>();
        for (String key : table.keySet()) {
            if (!key.equals(PEERS) && !key.equals(VISIBILITY)) {
                OptionSpec option = command.getCommandSpec().findOption("--" + key);
                if (option == null) {
                    throw wrong(key, "there is no such setting; there are: " + names(command));
                }
                addArguments(key, option, arguments);
            }
        }
        try {
            command.parseArgs(arguments.toArray(String[]::new));
            settings.setVisibility(VisibilityTable.read(this, subtable(PEERS), subtable(VISIBILITY)));
            return settings.check();
        } catch (CommandLine.ParameterException e) {
            throw wrong(keyOf(e.getArgSpec(), ErrorText.of(e)), ErrorText.of(e));
        } catch (FormatException | UsageException e) {
            throw e.getMessage() != null && e.getMessage().startsWith(file + ":")
                    ? new UsageException(e.getMessage())
                    : wrong(keyOf(null, ErrorText.of(e)), ErrorText.of(e));
        } catch (IOException e) {
            String message = ErrorText.of(e);
            throw new IOException(place(keyOf(null, message)) + message, e);
        }
    }

    private @Nullable TomlTable subtable(String key) {
        Object value = table.get(List.of(key));
        if (value != null && !(value instanceof TomlTable)) {
            throw wrong(key, "must be a table, below a line [registry." + key + "]");
        }
        return (TomlTable) value;
    }

    /** Returns what to throw of something below a key, given with its table's name where it is in one. */
    UsageException wrong(@Nullable String key, String what) {
        return new UsageException(place(key) + what.replaceAll("--(?=[a-z])", ""));
    }

    private String place(@Nullable String key) {
        TomlPosition position = key == null ? null : table.inputPositionOf(List.of(key.split("[.]")));
        return file + ":" + (position == null ? line : position.line()) + ": " + (key == null ? "" : key + ": ");
    }

    private void addArguments(String key, OptionSpec option, List<String> arguments) {
        Object value = table.get(List.of(key));
        String name = "--" + key;
        if (value instanceof TomlArray array) {
            if (!option.isMultiValue()) {
                throw wrong(key, "must be one value, not a list");
            }
            for (Object each : array.toList()) {
                arguments.add(name + "=" + scalar(key, each));
            }
        } else if (value instanceof Boolean flag) {
            // "self" may go without a value, and "enumerate" has one value only.
            if (key.equals("enumerate")) {
                addIf(flag, name + "=any", arguments);
            } else if (option.arity().min() == 0) {
                addIf(flag, name, arguments);
            } else {
                throw wrong(key, "must have a value, as " + option.paramLabel());
            }
        } else {
            arguments.add(name + "=" + scalar(key, value));
        }
    }

    private static void addIf(boolean condition, String argument, List<String> arguments) {
        if (condition) {
            arguments.add(argument);
        }
    }

    private String scalar(String key, @Nullable Object value) {
        if (value instanceof String || value instanceof Long) {
            return value.toString();
        }
        throw wrong(key, "must be text in quotes, or a number");
    }

    /**
     * Returns the key that a complaint is about: of that option, of an option that it names, or with a value that it
     * quotes.
     */
    private @Nullable String keyOf(@Nullable ArgSpec option, String message) {
        if (option instanceof OptionSpec named) {
            return named.longestName().substring(2);
        }
        Matcher names = OPTION.matcher(message);
        while (names.find()) {
            if (table.contains(List.of(names.group(1)))) {
                return names.group(1);
            }
        }
        for (String key : table.keySet()) {
            Object value = table.get(List.of(key));
            List<?> values =
                    value instanceof TomlArray array ? array.toList() : value == null ? List.of() : List.of(value);
            if (values.stream().anyMatch(each -> isQuoted(each.toString(), message))) {
                return key;
            }
        }
        return null;
    }

    /** Returns whether a message quotes a value, or the file that is its last part. */
    private static boolean isQuoted(String value, String message) {
        String file = value.substring(value.lastIndexOf(':') + 1);
        return message.contains("\"" + value + "\"") || (file.length() > SHORT && message.contains(file));
    }

    private static String names(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(option -> option.longestName().substring(2))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
