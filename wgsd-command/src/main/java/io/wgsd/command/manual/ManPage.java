package io.wgsd.command.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A command's page for {@code man}, in the language of man(7). */
public final class ManPage {

    private static final String STATUS = """
            .SH EXIT STATUS
            .TP
            .B 0
            It was done.
            .TP
            .B 1
            Something could not be done; a line on standard error says what.
            .TP
            .B 2
            Wrong usage.
            """;

    private final CommandText command;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandText command) {
        this.command = command;
    }

    /** Returns the name of a command's page, as in {@code wgsd-key-new}. */
    public static String name(CommandText command) {
        return String.join("-", command.path());
    }

    /**
     * Writes a command's page.
     *
     * @param command the command
     * @param top the command at the top, whose page the others refer to
     * @param version the program's version, as in {@code wgsd 1.0.0}
     */
    public static String of(CommandText command, CommandText top, String version) {
        return new ManPage(command).write(top, version);
    }

    private String write(CommandText top, String version) {
        line(".TH " + escape(name(command).toUpperCase(Locale.ROOT)) + " 1 \"\" \"" + escape(version) + "\"");
        line(".SH NAME");
        line(escape(name(command)) + " \\- " + escape(summary(command.description())));
        line(".SH SYNOPSIS");
        line(synopsis());
        line(".SH DESCRIPTION");
        text(command.description());
        if (!command.commands().isEmpty()) {
            line(".SH COMMANDS");
            for (CommandText each : command.commands()) {
                line(".TP");
                line(".BR " + escape(name(each)) + " (1)");
                text(each.description());
            }
        }
        if (!command.parameters().isEmpty()) {
            line(".SH PARAMETERS");
            for (Argument parameter : command.parameters()) {
                line(".TP");
                line("\\fI" + escape(parameter.label()) + "\\fR");
                text(parameter.description());
            }
        }
        line(".SH OPTIONS");
        for (Argument option : command.options()) {
            line(".TP");
            line(names(option));
            text(option.description());
        }
        page.append(STATUS);
        line(".SH SEE ALSO");
        line(seeAlso(top));
        return page.toString();
    }

    private String synopsis() {
        List<String> words = new ArrayList<>(List.of(bold(String.join(" ", command.path()))));
        command.options().stream()
                .filter(Argument::required)
                .map(option -> bold(option.longName()) + "=" + repeatable(option))
                .forEach(words::add);
        words.add("[\\fIOPTION\\fR]...");
        command.parameters().stream()
                .map(parameter -> parameter.required() ? repeatable(parameter) : "[" + repeatable(parameter) + "]")
                .forEach(words::add);
        if (!command.commands().isEmpty()) {
            words.add("\\fICOMMAND\\fR");
        }
        return String.join(" ", words);
    }

    private static String repeatable(Argument argument) {
        return "\\fI" + escape(argument.label()) + "\\fR" + (argument.repeatable() ? "..." : "");
    }

    private static String names(Argument option) {
        String names =
                String.join(", ", option.names().stream().map(ManPage::bold).toList());
        if (option.label().isEmpty()) {
            return names;
        }
        String value = "=\\fI" + escape(option.label()) + "\\fR";
        return names + (option.valueOptional() ? "[" + value + "]" : value);
    }

    private String seeAlso(CommandText top) {
        List<String> others = top.all()
                .filter(each -> !each.equals(command) && !command.commands().contains(each))
                .filter(each -> each.path().size() < 3 || each.path().get(1).equals(second()))
                .map(each -> ".BR " + escape(name(each)) + " (1)")
                .toList();
        List<String> lines = new ArrayList<>(others);
        lines.add(".BR wg (8)");
        return String.join(" ,\n", lines);
    }

    private String second() {
        return command.path().size() > 1 ? command.path().get(1) : "";
    }

    /** Returns a sentence in the form that NAME wants: short, in lower case, without a full stop. */
    private static String summary(String description) {
        String first = description.split("(?<=\\p{Alpha})[.:;](?: |$)", 2)[0];
        return first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
    }

    private void text(String text) {
        line(escape(text));
    }

    private void line(String line) {
        page.append(line).append('\n');
    }

    private static String bold(String text) {
        return "\\fB" + escape(text) + "\\fR";
    }

    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
        // At the beginning of a line these two begin a request.
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
