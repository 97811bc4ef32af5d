package io.wgsd.backend.uapi.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An answer, and how it is cut into pieces: behind the input's last zero byte are their lengths, used in turn. Without
 * any it is cut into single bytes, so that a recording is an input as it is.
 */
final class FuzzedAnswer {

    private static final byte[] SINGLE_BYTES = {1};

    private final byte[] bytes;
    private final byte[] lengths;

    private FuzzedAnswer(byte[] bytes, byte[] lengths) {
        this.bytes = bytes;
        this.lengths = lengths;
    }

    static FuzzedAnswer of(byte[] input) {
        int end = input.length - 1;
        while (end >= 0 && input[end] != 0) {
            end--;
        }
        return end < 0 || end == input.length - 1
                ? new FuzzedAnswer(input, SINGLE_BYTES)
                : new FuzzedAnswer(Arrays.copyOf(input, end), Arrays.copyOfRange(input, end + 1, input.length));
    }

    List<ByteBuffer> whole() {
        return List.of(ByteBuffer.wrap(bytes));
    }

    List<ByteBuffer> pieces() {
        List<ByteBuffer> pieces = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < bytes.length; i = (i + 1) % lengths.length) {
            int length = Math.min(lengths[i] & 0xff, bytes.length - from);
            pieces.add(ByteBuffer.wrap(bytes, from, length));
            from += length;
        }
        return pieces;
    }

    /** Returns an answer in which each secret, and each line that may be a part of one, is another of the same form. */
    List<ByteBuffer> withOtherSecrets() {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            int equals = line.indexOf('=');
            if (equals < 0 || line.startsWith("private_key=") || line.startsWith("preshared_key=")) {
                lines[i] = line.substring(0, equals + 1) + other(line.substring(equals + 1));
            }
        }
        return List.of(ByteBuffer.wrap(String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Returns zeros for hex digits, and what is none for what is none. */
    private static String other(String secret) {
        StringBuilder other = new StringBuilder(secret);
        for (int i = 0; i < other.length(); i++) {
            other.setCharAt(i, Character.digit(other.charAt(i), 16) < 0 ? 'x' : '0');
        }
        return other.toString();
    }
}
