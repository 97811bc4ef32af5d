package io.wgsd.model;

/** Small decimal numbers, stricter than {@link Integer#parseInt}: ASCII digits only, no sign, no leading zeros. */
final class Decimal {

    private Decimal() {}

    /** Returns a number from 0 to {@code max}, or -1 where the text is none. */
    static int parse(String text, int max) {
        int length = text.length();
        // Some readers take leading zeros for octal, and one number should have one spelling.
        if (length == 0 || length > 10 || (length > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value <= max ? (int) value : -1;
    }
}
