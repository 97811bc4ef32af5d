package io.wgsd.backend.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys out of an answer while it is still in the buffer that the system wrote it to, so that none gets onto the heap,
 * which the garbage collector moves and leaves copies of: their digits become zeros there, and those that are wanted are kept
 * outside the heap until this is closed. Not thread-safe.
 */
final class SecretSieve implements AutoCloseable {

    private static final byte[] PRIVATE_KEY = "private_key".getBytes(US_ASCII);
    private static final byte[] PRESHARED_KEY = "preshared_key".getBytes(US_ASCII);
    private static final byte[] PUBLIC_KEY = "public_key".getBytes(US_ASCII);
    private static final int LONGEST_NAME = PRESHARED_KEY.length;
    private static final int DIGITS = 2 * PublicKey.LENGTH;
    private static final int AT_FIRST = 4;

    /** Where in a line the next byte is; other lines than those of keys are passed over. */
    private enum Part {
        NAME,
        PRIVATE,
        PRESHARED,
        OWNER,
        OTHER
    }

    private final boolean privateKey;
    private final boolean presharedKeys;
    /** The public keys, in hex, of the peers whose preshared keys are wanted; null for all. */
    private final @Nullable Set<String> owners;

    private final byte[] name = new byte[LONGEST_NAME];
    private final byte[] owner = new byte[DIGITS];
    private Part part = Part.NAME;
    private int length;
    private boolean isKept;

    private ByteBuffer kept = ByteBuffer.allocate(0);
    /** How many bytes of whole keys there are, and how many of them have been handed out. */
    private int end;

    private int next;

    SecretSieve(Wanted wanted) {
        privateKey = wanted.takesPrivateKey();
        presharedKeys = wanted.secrets();
        Set<PublicKey> some = wanted.owners();
        owners = some == null ? null : new HashSet<>();
        if (some != null && owners != null) {
            some.forEach(key -> owners.add(key.toHex()));
        }
    }

    /** Goes through the next piece of the answer, which may begin and end in the middle of a line, and changes it. */
    void sift(ByteBuffer piece) {
        ByteBuffer bytes = piece.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int to = bytes.limit();
        int at = bytes.position();
        while (at < to) {
            if (part == Part.OTHER) {
                at = LineSplitter.lineEnd(bytes, at, to);
                if (at < to) {
                    lineEnds();
                    at++;
                }
            } else {
                take(bytes, at++);
            }
        }
    }

    /** Returns the digits of the next key that was kept, in the order in which they came; they are wiped by {@link #close()}. */
    ByteBuffer next() {
        next += DIGITS;
        return kept.slice(next - DIGITS, DIGITS).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        wipe(kept);
        end = 0;
        next = 0;
    }

    private void take(ByteBuffer bytes, int at) {
        byte b = bytes.get(at);
        if (b == '\n') {
            lineEnds();
            return;
        }
        switch (part) {
            case NAME -> name(b);
            case OWNER -> {
                if (length < DIGITS) {
                    owner[length] = b;
                }
                length++;
            }
            case PRIVATE, PRESHARED -> digit(bytes, at, b);
            case OTHER -> {}
        }
    }

    private void name(byte b) {
        if (b == '=') {
            if (isName(PRESHARED_KEY)) {
                value(Part.PRESHARED, presharedKeys && isOwnerWanted());
            } else if (isName(PUBLIC_KEY)) {
                value(owners == null ? Part.OTHER : Part.OWNER, false);
            } else {
                value(isName(PRIVATE_KEY) ? Part.PRIVATE : Part.OTHER, privateKey);
            }
        } else if (length == LONGEST_NAME || (length == 0 && b != 'p')) {
            part = Part.OTHER;
        } else {
            name[length++] = b;
        }
    }

    private void value(Part of, boolean keep) {
        part = of;
        length = 0;
        isKept = keep;
        if (keep && (of == Part.PRIVATE || of == Part.PRESHARED)) {
            makeRoom();
        }
    }

    private void digit(ByteBuffer bytes, int at, byte b) {
        if (isKept && length < DIGITS) {
            kept.put(end + length, b);
        }
        length++;
        if (Character.digit(b, 16) >= 0) {
            bytes.put(at, (byte) '0');
        }
    }

    private void lineEnds() {
        // One of another length is refused by who reads the line.
        if (isKept && length == DIGITS && (part == Part.PRIVATE || part == Part.PRESHARED)) {
            end += DIGITS;
        }
        part = Part.NAME;
        length = 0;
        isKept = false;
    }

    private boolean isName(byte[] key) {
        return Arrays.equals(name, 0, length, key, 0, key.length);
    }

    private boolean isOwnerWanted() {
        return owners == null || owners.contains(new String(owner, US_ASCII));
    }

    private void makeRoom() {
        if (kept.capacity() < end + DIGITS) {
            ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(AT_FIRST * DIGITS, 2 * kept.capacity()));
            larger.put(0, kept, 0, end);
            wipe(kept);
            kept = larger;
        }
    }

    private static void wipe(ByteBuffer bytes) {
        for (int i = 0; i < bytes.capacity(); i++) {
            bytes.put(i, (byte) 0);
        }
    }
}
