package io.wgsd.command.status;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes in a few characters, for columns. */
public final class Amounts {

    private static final long STEP = 1024;
    private static final String UNITS = "KMGTPE";
    private static final int SMALL = 10;

    private Amounts() {}

    /** Returns a time in its greatest unit, rounded down. */
    public static String time(Duration time) {
        if (time.toSeconds() < 1) {
            return "0 s";
        }
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " d";
    }

    /** Returns a round trip, in milliseconds. */
    public static String roundTrip(Duration time) {
        double millis = time.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < SMALL ? "%.1f ms" : "%.0f ms", millis);
    }

    /** Returns bytes in units of 1024, as {@code 512} or {@code 1.5K}; the counter is unsigned. */
    public static String bytes(long counter) {
        if (counter >= 0 && counter < STEP) {
            return Long.toString(counter);
        }
        double value = counter >= 0 ? counter : counter + 0x1p64;
        int unit = -1;
        while (value >= STEP && unit < UNITS.length() - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, value < SMALL ? "%.1f" : "%.0f", value) + UNITS.charAt(unit);
    }
}
