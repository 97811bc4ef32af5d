package io.wgsd.model;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes numeric addresses without ever asking a resolver: four decimal numbers, or RFC 4291 section 2.2 for
 * IPv6, written as RFC 5952 recommends.
 */
final class IpLiteral {

    private static final int GROUPS = 8;

    private IpLiteral() {}

    /** Returns 4 or 16 bytes, or null where the text is no address. */
    static byte @Nullable [] parse(String text) {
        return text.indexOf(':') < 0 ? parseV4(text) : parseV6(text);
    }

    private static byte @Nullable [] parseV4(String text) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int i = 0; i < 4; i++) {
            int end = i < 3 ? text.indexOf('.', at) : text.length();
            int value = end < 0 ? -1 : octet(text, at, end);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
            at = end + 1;
        }
        return bytes;
    }

    /** Returns 0 to 255, or -1. */
    private static int octet(String text, int from, int to) {
        // No leading zeros: some readers take them for octal.
        if (to == from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value <= 255 ? value : -1;
    }

    private static byte @Nullable [] parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = parseGroups(text);
            return all != null && all.length == 16 ? all : null;
        }
        byte[] head = parseGroups(text.substring(0, gap));
        byte[] tail = parseGroups(text.substring(gap + 2));
        // The gap stands for one group of zeros or more.
        if (head == null || tail == null || head.length + tail.length > 14 || endsInV4(text, gap)) {
            return null;
        }
        byte[] bytes = new byte[16];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    private static boolean endsInV4(String text, int end) {
        return text.substring(0, end).indexOf('.') >= 0;
    }

    private static byte @Nullable [] parseGroups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", GROUPS + 1);
        byte[] v4 = parts[parts.length - 1].indexOf('.') < 0 ? new byte[0] : parseV4(parts[parts.length - 1]);
        int groups = v4 == null || v4.length == 0 ? parts.length : parts.length - 1;
        if (v4 == null || 2 * groups + v4.length > 16) {
            return null;
        }
        byte[] bytes = new byte[2 * groups + v4.length];
        for (int i = 0; i < groups; i++) {
            int value = parts[i].isEmpty() || parts[i].length() > 4 ? -1 : hexadecimal(parts[i]);
            if (value < 0) {
                return null;
            }
            bytes[2 * i] = (byte) (value >>> 8);
            bytes[2 * i + 1] = (byte) value;
        }
        System.arraycopy(v4, 0, bytes, 2 * groups, v4.length);
        return bytes;
    }

    private static int hexadecimal(String text) {
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = 16 * value + digit;
        }
        return value;
    }

    static String format(byte[] bytes) {
        if (bytes.length == 4) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        if (isMapped(bytes)) {
            return "::ffff:" + format(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        }
        int gap = longestZeros(groups);
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                while (i + 1 < GROUPS && groups[i + 1] == 0) {
                    i++;
                }
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    /** Whether 16 bytes are an IPv4-mapped address, {@code ::ffff:0:0/96}. */
    static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    /** Returns where the first longest run of at least two zero groups begins, or -1. */
    private static int longestZeros(int[] groups) {
        int best = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = 0;
            while (i + length < GROUPS && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
            i += length;
        }
        return best;
    }
}
