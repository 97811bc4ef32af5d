package io.wgsd.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.function.Function;

/** What a parser makes of any text at all, in memory that is bounded by the text's length. */
final class Parsed {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** An exception and its message take the most of it. */
    private static final long MOST_BYTES = 256 * 1024;

    private static final long MOST_BYTES_FOR_A_CHARACTER = 100;

    /** A text of 80 characters, each escaped, and what is said about it. */
    private static final int LONGEST_MESSAGE = 80 * "\\u10ffff".length() + 300;

    private Parsed() {}

    /** Returns the value, or empty where the text was refused as texts are; whatever else is thrown fails the test. */
    static <T> Optional<T> by(Function<String, T> parser, String text) {
        long most = MOST_BYTES + MOST_BYTES_FOR_A_CHARACTER * text.length();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Optional<T> value = parse(parser, text);
        if (THREADS.getCurrentThreadAllocatedBytes() - before > most) {
            // Classes may have been loaded meanwhile, which happens once.
            before = THREADS.getCurrentThreadAllocatedBytes();
            parse(parser, text);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated")
                    .isLessThanOrEqualTo(most);
        }
        return value;
    }

    private static <T> Optional<T> parse(Function<String, T> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (FormatException e) {
            String message = String.valueOf(e.getMessage());
            assertThat(message).hasSizeLessThan(LONGEST_MESSAGE);
            assertThat(message.chars().noneMatch(Character::isISOControl))
                    .as("it is one line")
                    .isTrue();
            return Optional.empty();
        }
    }
}
