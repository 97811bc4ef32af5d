package io.wgsd.internal;

import java.util.Locale;

/** Texts that came from elsewhere, made fit for one line of a message or a log. */
public final class OneLine {

    private OneLine() {}

    /** Returns a text with an escape for each character that breaks a line, steers a terminal or shows as nothing. */
    public static String of(String text) {
        return of(text, Integer.MAX_VALUE);
    }

    /** Returns the same of the first characters of a text, with "…" for those left out. */
    public static String of(String text, int most) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int shown = 0; at < text.length() && shown < most; shown++) {
            int c = text.codePointAt(at);
            append(line, c);
            at += Character.charCount(c);
        }
        return at < text.length() ? line.append('…').toString() : line.toString();
    }

    private static void append(StringBuilder line, int c) {
        switch (c) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isPlain(c)) {
                    line.appendCodePoint(c);
                } else {
                    line.append(String.format(Locale.ROOT, "\\u%04x", c));
                }
            }
        }
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
