package io.wgsd.command.manual;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What an option or parameter takes.
 *
 * @param kind what it is
 * @param words the words that it may be, for {@link Kind#WORDS}
 */
record Value(Kind kind, List<String> words) {

    enum Kind {
        NONE,
        FILE,
        FOLDER,
        DEVICE,
        WORDS,
        OTHER
    }

    static Value of(ArgSpec argument) {
        String label = argument.paramLabel();
        if (argument.isOption() && argument.arity().max() == 0) {
            return new Value(Kind.NONE, List.of());
        }
        if (argument.typeInfo().getType() == Path.class) {
            return new Value(label.endsWith("DIR") ? Kind.FOLDER : Kind.FILE, List.of());
        }
        if (label.equals("DEVICE")) {
            return new Value(Kind.DEVICE, List.of());
        }
        // Labels in capitals are for values of one's own.
        List<String> words = List.of(label.split("\\|"));
        boolean fixed = words.stream().allMatch(word -> word.matches("[a-z0-9]+"));
        return fixed ? new Value(Kind.WORDS, words) : new Value(Kind.OTHER, List.of());
    }
}
