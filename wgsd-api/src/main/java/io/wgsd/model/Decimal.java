package io.wgsd.model;

/** Small decimal numbers, stricter than {@link Integer#parseInt}: ASCII digits only, no sign, no leading zeros. */
final class Decimal {

    private Decimal() {}

    /** Returns a number from 0 to {@code max}, or -1 where the text is none. */
    static int parse(String text, int max) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        // Some readers take leading zeros for octal, and one number should have one spelling.
        if (text.length() > 1 && text.charAt(0) == '0') {
            return -1;
        }
        long value = Long.parseLong(text);
        return value <= max ? (int) value : -1;
    }
}
