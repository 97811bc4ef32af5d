package io.wgsd.server.answer;

import io.wgsd.server.answer.wire.WireFormat;

/** The name in a message's question, without an object for it. */
final class WireName {

    private WireName() {}

    /** Returns where the name ends, behind its last byte; negative where there is no whole one. */
    static int end(byte[] message, int length) {
        int at = WireFormat.HEADER_LENGTH;
        while (at < length && message[at] > 0) {
            at += 1 + message[at];
        }
        // A pointer is no question's; it is left to those who look closer.
        return at < length && message[at] == 0 ? at + 1 : -1;
    }

    /** Returns whether the name that ends there ends in labels, in any letter case. */
    static boolean endsWith(byte[] message, int end, byte[] suffix) {
        int at = end - suffix.length;
        if (at < WireFormat.HEADER_LENGTH) {
            return false;
        }
        for (int i = 0; i < suffix.length; i++) {
            if (lower(message[at + i]) != lower(suffix[i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
}
