package io.wgsd.backend.uapi.codec;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One {@code key=value} of an answer, as a view of bytes that change once it has been handled. */
public final class Line {

    private final byte[] bytes;
    private final int number;
    private final @Nullable UapiKey key;
    private final int from;
    private final int to;

    private Line(byte[] bytes, int number, @Nullable UapiKey key, int from, int to) {
        this.bytes = bytes;
        this.number = number;
        this.key = key;
        this.from = from;
        this.to = to;
    }

    public static Line of(byte[] bytes, int from, int to, int number) throws ProtocolException {
        int equals = from;
        while (equals < to && bytes[equals] != '=') {
            equals++;
        }
        if (equals == to) {
            // The text stays out of the message, because it may be a secret.
            throw new ProtocolException("line " + number + " has no \"=\"");
        }
        return new Line(bytes, number, UapiKey.of(bytes, from, equals), equals + 1, to);
    }

    /** Returns null for a key that is not known here. */
    @Nullable
    public UapiKey key() {
        return key;
    }

    public String text() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns a copy for the caller to wipe. */
    public byte[] secret() {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Returns the same without a minus sign at its value's beginning. */
    public Line withoutSign() {
        return from < to && bytes[from] == '-' ? new Line(bytes, number, key, from + 1, to) : this;
    }

    /** Returns a number from 0 to {@code max}. */
    public long decimal(long max) throws ProtocolException {
        long value = 0;
        if (from == to || to - from > 19) {
            throw malformed("must be a decimal number up to " + max);
        }
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || value > (max - digit) / 10) {
                throw malformed("must be a decimal number up to " + max);
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /** Returns a 64-bit number without sign. */
    public long counter() throws ProtocolException {
        if (to - from < 19) {
            return decimal(Long.MAX_VALUE);
        }
        try {
            if (bytes[from] != '+') {
                return Long.parseUnsignedLong(text());
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw malformed("must be a decimal number of 64 bits");
    }

    public ProtocolException malformed(String reason) {
        return new ProtocolException("line " + number + ", " + key + ": " + reason);
    }
}
