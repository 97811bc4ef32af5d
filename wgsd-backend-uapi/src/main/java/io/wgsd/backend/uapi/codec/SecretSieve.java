package io.wgsd.backend.uapi.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wgsd.model.PublicKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys out of an answer while it is still in the buffer that the system wrote it to, so that none gets onto
 * the heap, which the garbage collector moves and leaves copies of: their digits become zeros there, and those that are
 * wanted are kept outside the heap until this is closed. Not thread-safe.
 */
final class SecretSieve implements AutoCloseable {

    private static final byte[] PRIVATE_KEY = "private_key".getBytes(US_ASCII);
    private static final byte[] PRESHARED_KEY = "preshared_key".getBytes(US_ASCII);
    private static final byte[] PUBLIC_KEY = "public_key".getBytes(US_ASCII);
    private static final int LONGEST_NAME = PRESHARED_KEY.length;
    private static final int DIGITS = 2 * PublicKey.LENGTH;
    private static final int AT_FIRST = 4;

    private static final long PRIVATE_BEGINNING = beginning(PRIVATE_KEY);
    private static final long PRESHARED_BEGINNING = beginning(PRESHARED_KEY);
    private static final long PUBLIC_BEGINNING = beginning(PUBLIC_KEY);
    private static final long ZEROS = 0x3030_3030_3030_3030L;

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
    /** The public keys, in hex of lower case, of the peers whose preshared keys are wanted; null for all. */
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
                while (at < to - 2 && !mayBeName(bytes, at + 1)) {
                    at = LineSplitter.lineEnd(bytes, at + 1, to);
                }
                if (at < to) {
                    lineEnds();
                    at++;
                }
            } else if (part == Part.NAME && length == 0 && to - at > LONGEST_NAME) {
                at = wholeName(bytes, at);
            } else if (isKey() && length == 0 && to - at > DIGITS) {
                at = wholeKey(bytes, at);
            } else {
                take(bytes, at++);
            }
        }
    }

    /** Takes a name that is in one piece, many of which there are; returns where its value begins. */
    private int wholeName(ByteBuffer bytes, int at) {
        long beginning = bytes.getLong(at);
        if (beginning == PRESHARED_BEGINNING && isAt(bytes, at, PRESHARED_KEY)) {
            value(Part.PRESHARED, presharedKeys && isOwnerWanted());
            return at + PRESHARED_KEY.length + 1;
        }
        if (beginning == PRIVATE_BEGINNING && isAt(bytes, at, PRIVATE_KEY)) {
            value(Part.PRIVATE, privateKey);
            return at + PRIVATE_KEY.length + 1;
        }
        if (owners != null && beginning == PUBLIC_BEGINNING && isAt(bytes, at, PUBLIC_KEY)) {
            value(Part.OWNER, false);
            return at + PUBLIC_KEY.length + 1;
        }
        part = Part.OTHER;
        return at;
    }

    /**
     * Takes a key that is in one piece; returns where its line ends, or continues digit by digit where that is no key.
     */
    private int wholeKey(ByteBuffer bytes, int at) {
        if (LineSplitter.lineEnd(bytes, at, at + DIGITS + 1) != at + DIGITS) {
            take(bytes, at);
            return at + 1;
        }
        if (isKept) {
            kept.put(end, bytes, at, DIGITS);
        }
        for (int i = at; i < at + DIGITS; i += Long.BYTES) {
            bytes.putLong(i, ZEROS);
        }
        length = DIGITS;
        return at + DIGITS;
    }

    private boolean mayBeName(ByteBuffer bytes, int at) {
        byte second = bytes.get(at + 1);
        return bytes.get(at) == 'p' && (second == 'r' || (second == 'u' && owners != null));
    }

    private boolean isKey() {
        return part == Part.PRIVATE || part == Part.PRESHARED;
    }

    private static boolean isAt(ByteBuffer bytes, int at, byte[] name) {
        for (int i = Long.BYTES; i < name.length; i++) {
            if (bytes.get(at + i) != name[i]) {
                return false;
            }
        }
        return bytes.get(at + name.length) == '=';
    }

    private static long beginning(byte[] name) {
        return ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /**
     * Returns the digits of the next key that was kept, in the order in which they came; they are wiped by {@link
     * #close()}.
     */
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
                    owner[length] = (byte) Character.toLowerCase(b);
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
        if (keep && isKey()) {
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
        // The reader of the line refuses one of another length.
        if (isKept && length == DIGITS && isKey()) {
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
