package io.wgsd.model;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A private or preshared key: 32 bytes that are never printed and that {@link #close()} wipes.
 *
 * <p>The bytes are kept outside the Java heap, so that no garbage collector moves them and leaves copies behind. Texts
 * are read from and written to arrays and buffers, which the caller can wipe, never strings; an array is on the heap,
 * and a copy that the collector makes of it meanwhile is outside what anybody can wipe, so that direct buffers are
 * better. Comparison, the codecs and {@link #publicKey()} take the same time for every key. Thread-safe; after {@code
 * close()} every method that needs the bytes throws {@link IllegalStateException}.
 */
public final class SecretKey implements AutoCloseable {

    /** How many bytes a key has. */
    public static final int LENGTH = KeyCodec.KEY_LENGTH;

    private static final int WORDS = LENGTH / Long.BYTES;

    /** Read and written by index only. */
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH);

    private boolean closed;

    private SecretKey() {}

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
        return copyOf(ByteBuffer.wrap(bytes));
    }

    /**
     * Returns the key with the bytes that remain in a buffer.
     *
     * @param bytes 32 bytes, which are copied and stay the caller's to wipe; the buffer's position stays as it is
     * @return the key
     * @throws FormatException if there are not exactly 32 bytes
     */
    public static SecretKey copyOf(ByteBuffer bytes) {
        if (bytes.remaining() != LENGTH) {
            throw FormatException.withoutText("secret key", "must be " + LENGTH + " bytes, was " + bytes.remaining());
        }
        SecretKey key = new SecretKey();
        key.bytes.put(0, bytes, bytes.position(), LENGTH);
        return key;
    }

    /**
     * Parses base64 in ASCII, as {@code wg genkey} writes it.
     *
     * @param ascii 44 bytes, which stay the caller's to wipe
     * @return the key
     * @throws FormatException if the text is not the one spelling of a key; it is not quoted
     */
    public static SecretKey parseBase64(byte[] ascii) {
        return parse(
                key -> KeyCodec.fromBase64(ascii, key), "must be 32 bytes in base64: 44 characters that end in \"=\"");
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
        return parseHex(ByteBuffer.wrap(ascii));
    }

    /**
     * Parses the hex that remains in a buffer.
     *
     * @param ascii 64 hex digits of either case, which stay the caller's to wipe; the buffer's position stays as it is
     * @return the key
     * @throws FormatException if the text is anything else; it is not quoted
     */
    public static SecretKey parseHex(ByteBuffer ascii) {
        return parse(key -> KeyCodec.fromHex(ascii, key), "must be 64 hex digits");
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
        key.bytes.put(0, (byte) (key.bytes.get(0) & 248));
        key.bytes.put(LENGTH - 1, (byte) ((key.bytes.get(LENGTH - 1) & 127) | 64));
        return key;
    }

    /**
     * Returns a new preshared key.
     *
     * @return 32 random bytes
     */
    public static SecretKey generatePreshared() {
        byte[] random = new byte[LENGTH];
        try {
            new SecureRandom().nextBytes(random);
            return copyOf(random);
        } finally {
            Arrays.fill(random, (byte) 0);
        }
    }

    /**
     * Returns the public key that belongs to this private key (RFC 7748); takes about a millisecond.
     *
     * @return what {@code wg pubkey} prints
     */
    public synchronized PublicKey publicKey() {
        return PublicKey.of(X25519.publicKey(open()));
    }

    /**
     * Returns a key of its own with the same bytes, to be closed on its own.
     *
     * @return the copy
     */
    public synchronized SecretKey copy() {
        return copyOf(open().slice(0, LENGTH));
    }

    /**
     * Returns a copy of the bytes, which the caller wipes.
     *
     * @return 32 bytes
     */
    public synchronized byte[] toBytes() {
        byte[] copy = new byte[LENGTH];
        open().get(0, copy);
        return copy;
    }

    /**
     * Puts the bytes into a buffer, which the caller wipes.
     *
     * @param target a buffer with room for 32 bytes, whose position is then behind them
     */
    public synchronized void putBytes(ByteBuffer target) {
        target.put(open().slice(0, LENGTH));
    }

    /**
     * Puts the key in hex, as ASCII, into a buffer, which the caller wipes.
     *
     * @param target a buffer with room for 64 bytes, whose position is then behind them
     */
    public synchronized void putHex(ByteBuffer target) {
        KeyCodec.toHex(open(), target);
    }

    /**
     * Returns the key in base64 as ASCII, which the caller wipes.
     *
     * @return 44 bytes
     */
    public synchronized byte[] toBase64() {
        return KeyCodec.toBase64(open());
    }

    /**
     * Returns the key in hex as ASCII, which the caller wipes.
     *
     * @return 64 bytes, in lower case
     */
    public byte[] toHex() {
        byte[] text = new byte[KeyCodec.HEX_LENGTH];
        putHex(ByteBuffer.wrap(text));
        return text;
    }

    /**
     * Returns whether all bytes are zero, which is how WireGuard writes "no key".
     *
     * @return whether this stands for no key
     */
    public synchronized boolean isZero() {
        ByteBuffer own = open();
        long any = 0;
        for (int i = 0; i < WORDS; i++) {
            any |= own.getLong(i * Long.BYTES);
        }
        return any == 0;
    }

    /** Wipes the bytes; a second call does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        wipe(bytes);
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
        // A copy, because holding both locks at once could deadlock with the same comparison the other way round.
        ByteBuffer theirs = that.copyUnlessClosed();
        try {
            return theirs != null && isEqual(theirs);
        } finally {
            if (theirs != null) {
                wipe(theirs);
            }
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

    private ByteBuffer open() {
        if (closed) {
            throw new IllegalStateException("this secret key is closed");
        }
        return bytes;
    }

    private synchronized boolean isEqual(ByteBuffer others) {
        long different = closed ? 1 : 0;
        for (int i = 0; i < WORDS; i++) {
            different |= bytes.getLong(i * Long.BYTES) ^ others.getLong(i * Long.BYTES);
        }
        return different == 0;
    }

    private synchronized @Nullable ByteBuffer copyUnlessClosed() {
        return closed ? null : ByteBuffer.allocateDirect(LENGTH).put(0, bytes, 0, LENGTH);
    }

    private static void wipe(ByteBuffer bytes) {
        for (int i = 0; i < WORDS; i++) {
            bytes.putLong(i * Long.BYTES, 0);
        }
    }

    private static SecretKey parse(Predicate<ByteBuffer> decoder, String rule) {
        SecretKey key = new SecretKey();
        if (!decoder.test(key.bytes)) {
            key.close();
            throw FormatException.withoutText("secret key", rule);
        }
        return key;
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
