package io.wgsd.command.options;

import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Suggests what was probably meant by a command or an option that does not exist. */
public final class SpellingHint {

    private SpellingHint() {}

    /** Returns what to print for an error, given the text without a suggestion. */
    public static String of(ParameterException error, String plain) {
        if (!(error instanceof UnmatchedArgumentException unmatched)) {
            return plain;
        }
        List<String> suggestions = unmatched.getSuggestions();
        List<String> arguments = unmatched.getUnmatched();
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        List<String> commands =
                List.copyOf(error.getCommandLine().getSubcommands().keySet());
        if (first.startsWith("-") || commands.isEmpty()) {
            return suggestions.isEmpty() ? plain : plain + "; did you mean " + suggestions.get(0) + "?";
        }
        String guess = suggestions.stream()
                .filter(commands::contains)
                .findFirst()
                .map(command -> "did you mean \"" + command + "\"?")
                .orElse("there are " + String.join(", ", commands));
        return "there is no command \"" + first + "\"; " + guess;
    }
}
