package io.wgsd.model;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.BiPredicate;

/**
 * A private or preshared key: 32 bytes that are never printed and that {@link #close()} wipes.
 *
 * <p>Texts are read from and written to arrays, which the caller can wipe, never strings. Comparison and the codecs take
 * the same time for every key. Copies that the Java runtime makes (a moving garbage collector, a cryptographic
 * provider) are outside what {@code close()} can reach. Thread-safe; after {@code close()} every method that needs the
 * bytes throws {@link IllegalStateException}.
 */
public final class SecretKey implements AutoCloseable {

    /** How many bytes a key has. */
    public static final int LENGTH = KeyCodec.KEY_LENGTH;

    private final byte[] bytes;
    private boolean closed;

    private SecretKey(byte[] ownBytes) {
        bytes = ownBytes;
    }

    /**
     * Returns the key with these bytes.
     *
     * @param bytes 32 bytes, which are copied and stay the caller's to wipe
     * @return the key
     * @throws FormatException if there are not exactly 32 bytes
     */
    public static SecretKey copyOf(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw FormatException.withoutText("secret key", "must be " + LENGTH + " bytes, was " + bytes.length);
        }
        return new SecretKey(bytes.clone());
    }

    /**
     * Parses base64 in ASCII, as {@code wg genkey} writes it.
     *
     * @param ascii 44 bytes, which stay the caller's to wipe
     * @return the key
     * @throws FormatException if the text is not the one spelling of a key; it is not quoted
     */
    public static SecretKey parseBase64(byte[] ascii) {
        return parse(ascii, KeyCodec::fromBase64, "must be 32 bytes in base64: 44 characters that end in \"=\"");
    }

    /**
     * Parses base64.
     *
     * @param text 44 characters, which stay the caller's to wipe
     * @return the key
     * @throws FormatException if the text is not the one spelling of a key; it is not quoted
     */
    public static SecretKey parseBase64(char[] text) {
        byte[] ascii = ascii(text);
        try {
            return parseBase64(ascii);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    /**
     * Parses hex in ASCII, as WireGuard's userspace protocol writes it.
     *
     * @param ascii 64 hex digits of either case, which stay the caller's to wipe
     * @return the key
     * @throws FormatException if the text is anything else; it is not quoted
     */
    public static SecretKey parseHex(byte[] ascii) {
        return parse(ascii, KeyCodec::fromHex, "must be 64 hex digits");
    }

    /**
     * Parses hex.
     *
     * @param text 64 hex digits of either case, which stay the caller's to wipe
     * @return the key
     * @throws FormatException if the text is anything else; it is not quoted
     */
    public static SecretKey parseHex(char[] text) {
        byte[] ascii = ascii(text);
        try {
            return parseHex(ascii);
        } finally {
            Arrays.fill(ascii, (byte) 0);
        }
    }

    /**
     * Returns a new private key, clamped as RFC 7748, section 5, says.
     *
     * @return a key of the runtime's strongest ordinary randomness
     */
    public static SecretKey generatePrivate() {
        SecretKey key = generatePreshared();
        key.bytes[0] &= (byte) 248;
        key.bytes[31] &= 127;
        key.bytes[31] |= 64;
        return key;
    }

    /**
     * Returns a new preshared key.
     *
     * @return 32 random bytes
     */
    public static SecretKey generatePreshared() {
        byte[] random = new byte[LENGTH];
        new SecureRandom().nextBytes(random);
        return new SecretKey(random);
    }

    /**
     * Returns the public key that belongs to this private key, by the JDK's X25519; takes about 0.2 ms.
     *
     * @return what {@code wg pubkey} prints
     */
    public PublicKey publicKey() {
        byte[] copy = toBytes();
        try {
            return PublicKey.of(X25519.publicKey(copy));
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * Returns a key of its own with the same bytes, to be closed on its own.
     *
     * @return the copy
     */
    public SecretKey copy() {
        return new SecretKey(toBytes());
    }

    /**
     * Returns a copy of the bytes, which the caller wipes.
     *
     * @return 32 bytes
     */
    public synchronized byte[] toBytes() {
        if (closed) {
            throw new IllegalStateException("this secret key is closed");
        }
        return bytes.clone();
    }

    /**
     * Returns the key in base64 as ASCII, which the caller wipes.
     *
     * @return 44 bytes
     */
    public byte[] toBase64() {
        byte[] copy = toBytes();
        try {
            return KeyCodec.toBase64(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * Returns the key in hex as ASCII, which the caller wipes.
     *
     * @return 64 bytes, in lower case
     */
    public byte[] toHex() {
        byte[] copy = toBytes();
        try {
            return KeyCodec.toHex(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /**
     * Returns whether all bytes are zero, which is how WireGuard writes "no key".
     *
     * @return whether this stands for no key
     */
    public boolean isZero() {
        byte[] copy = toBytes();
        try {
            return MessageDigest.isEqual(copy, new byte[LENGTH]);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** Wipes the bytes; a second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(bytes, (byte) 0);
    }

    /** Compares in constant time; a closed key equals only itself. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof SecretKey that)) {
            return false;
        }
        // Copies, because holding both locks at once could deadlock with the same comparison the other way round.
        byte[] mine = copyUnlessClosed();
        byte[] theirs = that.copyUnlessClosed();
        try {
            return mine.length == LENGTH && MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /** Returns the same number for every key, so that it tells nothing about the bytes. */
    @Override
    public int hashCode() {
        return SecretKey.class.hashCode();
    }

    /** Returns a text without the key. */
    @Override
    public String toString() {
        return "SecretKey[redacted]";
    }

    private synchronized byte[] copyUnlessClosed() {
        return closed ? new byte[0] : bytes.clone();
    }

    private static SecretKey parse(byte[] text, BiPredicate<byte[], byte[]> decoder, String rule) {
        byte[] key = new byte[LENGTH];
        if (!decoder.test(text, key)) {
            Arrays.fill(key, (byte) 0);
            throw FormatException.withoutText("secret key", rule);
        }
        return new SecretKey(key);
    }

    private static byte[] ascii(char[] text) {
        byte[] ascii = new byte[text.length];
        for (int i = 0; i < text.length; i++) {
            // What is no ASCII becomes a byte that no codec accepts.
            ascii[i] = text[i] < 128 ? (byte) text[i] : -1;
        }
        return ascii;
    }
}
