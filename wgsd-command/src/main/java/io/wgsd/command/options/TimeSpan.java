package io.wgsd.command.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a duration: a whole number with its unit, as in {@code 300ms}, {@code 90s}, {@code 5m}, {@code 2h}, {@code 7d}.
 */
final class TimeSpan {

    /** Its name in descriptions of options. */
    static final String LABEL = "TIME";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|)");

    private TimeSpan() {}

    /** Starts to build an option whose value is a {@link Duration}. */
    static OptionSpec.Builder option(String... names) {
        return OptionSpecs.one(Duration.class, names).paramLabel(LABEL).converters(new Converter());
    }

    /** Refuses an option's value that is out of its range; an option that is not given passes. */
    static void check(OptionSpec option, Duration least, Duration most) {
        Duration value = option.getValue();
        if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
            throw new UsageException(option.longestName() + " must be " + format(least) + " to " + format(most)
                    + ", was " + format(value));
        }
    }

    /** Returns the text that reads as this duration, in the largest unit that needs no fraction. */
    static String format(Duration value) {
        long millis = value.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
    }

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException("\"" + text + "\" is not a time; write a whole number with ms, s, m, h or d, as in"
                    + " 90s or 5m (without a unit it is seconds)");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static final class Converter implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            try {
                return parse(text);
            } catch (UsageException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
