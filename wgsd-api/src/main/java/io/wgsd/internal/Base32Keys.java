package io.wgsd.internal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/** Base32 (RFC 4648, section 6) of 32-byte keys, in the lower case that DNS names are written in. */
public final class Base32Keys {

    /** How many characters carry a key; RFC 4648 pads them to {@link #PADDED_LENGTH}. */
    public static final int UNPADDED_LENGTH = 52;

    /** How many characters a key has with its padding. */
    public static final int PADDED_LENGTH = 56;

    /** The characters in the order of their values. */
    public static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /** What follows the {@link #UNPADDED_LENGTH} characters of a key in its padded form. */
    public static final String PADDING = "=".repeat(PADDED_LENGTH - UNPADDED_LENGTH);

    private static final Base32 CODEC = new KeyCodec();

    /** The codec as it is, except for its buffer, whose 8 KiB cost many times what a key does. */
    private static final class KeyCodec extends Base32 {

        private static final int BUFFER = 2 * PADDED_LENGTH;

        @Override
        protected int getDefaultBufferSize() {
            return BUFFER;
        }
    }

    private Base32Keys() {}

    /** Returns the 52 characters of a key, without padding. */
    public static String encode(byte[] key) {
        return new String(CODEC.encode(key), 0, UNPADDED_LENGTH, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    /** Returns the key that a text spells, or null where it is not exactly one key's spelling. */
    public static byte @Nullable [] decode(String text) {
        String letters =
                text.length() == PADDED_LENGTH && text.endsWith(PADDING) ? text.substring(0, UNPADDED_LENGTH) : text;
        if (letters.length() != UNPADDED_LENGTH || !letters.chars().allMatch(Base32Keys::isLetter)) {
            return null;
        }
        byte[] key = CODEC.decode(letters.toUpperCase(Locale.ROOT));
        // The last character carries one bit of the key; the codec drops its four spare bits without a word.
        return letters.equalsIgnoreCase(encode(key)) ? key : null;
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
    }
}
