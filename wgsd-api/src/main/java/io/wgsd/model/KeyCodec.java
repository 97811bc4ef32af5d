package io.wgsd.model;

import java.nio.ByteBuffer;

/**
 * Base64 and hex of 32-byte keys, computed without a branch or a table look-up that depends on the key.
 *
 * <p>Follows the idea of wireguard-tools' encoding.c: a key has one spelling in base64, so spare bits must be zero.
 */
final class KeyCodec {

    static final int KEY_LENGTH = 32;
    static final int BASE64_LENGTH = 44;
    static final int HEX_LENGTH = 64;

    private KeyCodec() {}

    static byte[] toBase64(byte[] key) {
        return toBase64(ByteBuffer.wrap(key));
    }

    static byte[] toBase64(ByteBuffer key) {
        byte[] text = new byte[BASE64_LENGTH];
        for (int group = 0; group < 11; group++) {
            int at = 3 * group;
            int bits = (key.get(at) & 0xff) << 16
                    | (key.get(at + 1) & 0xff) << 8
                    | (at + 2 < KEY_LENGTH ? key.get(at + 2) & 0xff : 0);
            for (int i = 0; i < 4; i++) {
                text[4 * group + i] = (byte) base64Character((bits >>> (18 - 6 * i)) & 63);
            }
        }
        text[BASE64_LENGTH - 1] = '=';
        return text;
    }

    /** Fills {@code key} and returns whether {@code text} is its one spelling; on false, key may hold a part of it. */
    static boolean fromBase64(byte[] text, byte[] key) {
        return fromBase64(text, ByteBuffer.wrap(key));
    }

    static boolean fromBase64(byte[] text, ByteBuffer key) {
        if (text.length != BASE64_LENGTH || text[BASE64_LENGTH - 1] != '=') {
            return false;
        }
        int wrong = 0;
        for (int group = 0; group < 11; group++) {
            int bits = 0;
            for (int i = 0; i < 4; i++) {
                int at = 4 * group + i;
                int value = at == BASE64_LENGTH - 1 ? 0 : base64Value(text[at]);
                wrong |= value;
                bits = (bits << 6) | (value & 63);
            }
            int at = 3 * group;
            key.put(at, (byte) (bits >>> 16));
            key.put(at + 1, (byte) (bits >>> 8));
            if (at + 2 < KEY_LENGTH) {
                key.put(at + 2, (byte) bits);
            } else {
                wrong |= -(bits & 0xff);
            }
        }
        return wrong >= 0;
    }

    static byte[] toHex(byte[] key) {
        byte[] text = new byte[HEX_LENGTH];
        toHex(ByteBuffer.wrap(key), ByteBuffer.wrap(text));
        return text;
    }

    /** Puts the text where {@code text} is, and continues behind it. */
    static void toHex(ByteBuffer key, ByteBuffer text) {
        for (int i = 0; i < HEX_LENGTH; i++) {
            int value = (key.get(i / 2) >>> (i % 2 == 0 ? 4 : 0)) & 15;
            text.put((byte) (value + '0' + ((9 - value) >>> 31) * ('a' - '9' - 1)));
        }
    }

    /** Fills {@code key} and returns whether {@code text} is 64 hex digits of either case; on false, as above. */
    static boolean fromHex(byte[] text, byte[] key) {
        return fromHex(ByteBuffer.wrap(text), ByteBuffer.wrap(key));
    }

    /** The same of what remains of {@code text}, which stays as it is. */
    static boolean fromHex(ByteBuffer text, ByteBuffer key) {
        if (text.remaining() != HEX_LENGTH) {
            return false;
        }
        int from = text.position();
        int wrong = 0;
        for (int i = 0; i < KEY_LENGTH; i++) {
            int high = hexValue(text.get(from + 2 * i));
            int low = hexValue(text.get(from + 2 * i + 1));
            wrong |= high | low;
            key.put(i, (byte) (((high & 15) << 4) | (low & 15)));
        }
        return wrong >= 0;
    }

    private static int base64Character(int value) {
        return value
                + 'A'
                + ((25 - value) >>> 31) * ('a' - 'Z' - 1)
                - ((51 - value) >>> 31) * ('z' - '0' + 1)
                - ((61 - value) >>> 31) * ('9' - '+' + 1)
                + ((62 - value) >>> 31) * ('/' - '+' - 1);
    }

    /** Returns 0 to 63, or a negative number for what is no base64 character. */
    private static int base64Value(int c) {
        return -1
                + within(c, 'A', 'Z', c - 'A' + 1)
                + within(c, 'a', 'z', c - 'a' + 27)
                + within(c, '0', '9', c - '0' + 53)
                + within(c, '+', '+', 63)
                + within(c, '/', '/', 64);
    }

    private static int hexValue(int c) {
        return -1
                + within(c, '0', '9', c - '0' + 1)
                + within(c, 'a', 'f', c - 'a' + 11)
                + within(c, 'A', 'F', c - 'A' + 11);
    }

    /** Returns {@code value} where {@code first <= c <= last}, else 0, without a branch. */
    private static int within(int c, int first, int last, int value) {
        return (((first - 1 - c) & (c - last - 1)) >> 31) & value;
    }
}
