package io.wgsd.model;

import io.wgsd.internal.Base32Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A peer's public key: 32 bytes, which is also the peer's name.
 *
 * <p>A key has exactly one accepted spelling in base64; hex and base32 are read in either letter case. Order is that of
 * the bytes, unsigned. Immutable and thread-safe.
 */
public final class PublicKey implements Comparable<PublicKey> {

    /** How many bytes a key has. */
    public static final int LENGTH = KeyCodec.KEY_LENGTH;

    // Four numbers rather than an array: half the memory, and comparison without a loop.
    private final long a;
    private final long b;
    private final long c;
    private final long d;

    private PublicKey(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        a = buffer.getLong();
        b = buffer.getLong();
        c = buffer.getLong();
        d = buffer.getLong();
    }

    /**
     * Returns the key with these bytes.
     *
     * @param bytes 32 bytes, which are copied
     * @return the key
     * @throws FormatException if there are not exactly 32 bytes
     */
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw FormatException.withoutText("public key", "must be " + LENGTH + " bytes, was " + bytes.length);
        }
        return new PublicKey(bytes);
    }

    /**
     * Parses base64, the form in which {@code wg} prints keys.
     *
     * @param base64 44 characters, the last of them {@code =}
     * @return the key
     * @throws FormatException if the text is not the one spelling of a key
     */
    public static PublicKey parse(String base64) {
        byte[] key = new byte[LENGTH];
        if (!KeyCodec.fromBase64(base64.getBytes(StandardCharsets.UTF_8), key)) {
            throw new FormatException(
                    "public key",
                    base64,
                    "must be 32 bytes in base64: 44 characters that end in \"=\", as wg prints them");
        }
        return new PublicKey(key);
    }

    /**
     * Parses hex, the form that WireGuard's userspace protocol uses.
     *
     * @param hex 64 hex digits of either case
     * @return the key
     * @throws FormatException if the text is anything else
     */
    public static PublicKey parseHex(String hex) {
        byte[] key = new byte[LENGTH];
        if (!KeyCodec.fromHex(hex.getBytes(StandardCharsets.UTF_8), key)) {
            throw new FormatException("public key", hex, "must be 64 hex digits");
        }
        return new PublicKey(key);
    }

    /**
     * Parses base32 (RFC 4648, section 6), the form that DNS names carry.
     *
     * @param base32 52 characters of either case, or 56 with their padding
     * @return the key
     * @throws FormatException if the text is anything else, or its spare bits are not zero
     */
    public static PublicKey parseBase32(String base32) {
        byte[] key = Base32Keys.decode(base32);
        if (key == null) {
            throw new FormatException(
                    "public key", base32, "must be 32 bytes in base32: 52 characters, or 56 with the padding \"====\"");
        }
        return new PublicKey(key);
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return 32 bytes
     */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    /**
     * Returns the key in base64.
     *
     * @return 44 characters
     */
    public String toBase64() {
        return new String(KeyCodec.toBase64(toBytes()), StandardCharsets.US_ASCII);
    }

    /**
     * Returns the key in hex.
     *
     * @return 64 digits, in lower case
     */
    public String toHex() {
        return new String(KeyCodec.toHex(toBytes()), StandardCharsets.US_ASCII);
    }

    /**
     * Returns the key in base32.
     *
     * @return 52 characters, in lower case and without padding
     */
    public String toBase32() {
        return Base32Keys.encode(toBytes());
    }

    @Override
    public int compareTo(PublicKey other) {
        if (a != other.a) {
            return Long.compareUnsigned(a, other.a);
        }
        if (b != other.b) {
            return Long.compareUnsigned(b, other.b);
        }
        return c != other.c ? Long.compareUnsigned(c, other.c) : Long.compareUnsigned(d, other.d);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && a == that.a && b == that.b && c == that.c && d == that.d;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a ^ b ^ c ^ d);
    }

    /** Returns the key in base64. */
    @Override
    public String toString() {
        return toBase64();
    }
}
