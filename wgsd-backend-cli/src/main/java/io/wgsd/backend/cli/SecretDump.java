package io.wgsd.backend.cli;

import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.spi.DeviceSecrets;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys out of what {@code wg show DEVICE dump} prints (src/show.c, dump_print): a line for the device, which
 * begins with its private key, and one for each peer, which begins with its public and its preshared key.
 */
final class SecretDump {

    private static final int DEVICE_COLUMNS = 4;
    private static final int PEER_COLUMNS = 8;
    private static final byte[] NONE = "(none)".getBytes(StandardCharsets.US_ASCII);

    private SecretDump() {}

    /** Reads the keys; the bytes stay the caller's to wipe. */
    static DeviceSecrets read(byte[] bytes, int length) throws ProtocolException {
        SecretKey privateKey = null;
        Map<PublicKey, SecretKey> presharedKeys = new HashMap<>();
        boolean whole = false;
        try {
            int number = 0;
            for (int at = 0; at < length; number++) {
                int end = find(bytes, at, length, '\n');
                requireColumns(bytes, at, end, number);
                int firstTab = find(bytes, at, end, '\t');
                if (number == 0) {
                    privateKey = secret(bytes, at, firstTab, 1);
                } else {
                    PublicKey peer = publicKey(bytes, at, firstTab, number + 1);
                    SecretKey key = secret(bytes, firstTab + 1, find(bytes, firstTab + 1, end, '\t'), number + 1);
                    SecretKey surplus = key == null ? null : presharedKeys.put(peer, key);
                    if (surplus != null) {
                        surplus.close();
                    }
                }
                at = end + 1;
            }
            if (number == 0) {
                throw new ProtocolException("the dump is empty");
            }
            whole = true;
            return DeviceSecrets.of(privateKey, presharedKeys);
        } finally {
            if (!whole) {
                DeviceSecrets.of(privateKey, presharedKeys).close();
            }
        }
    }

    private static void requireColumns(byte[] bytes, int from, int to, int number) throws ProtocolException {
        int columns = 1;
        for (int i = from; i < to; i++) {
            columns += bytes[i] == '\t' ? 1 : 0;
        }
        int expected = number == 0 ? DEVICE_COLUMNS : PEER_COLUMNS;
        if (columns != expected) {
            throw new ProtocolException(
                    "line " + (number + 1) + " of the dump has " + columns + " columns, not " + expected);
        }
    }

    private static PublicKey publicKey(byte[] bytes, int from, int to, int line) throws ProtocolException {
        try {
            return PublicKey.parse(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        } catch (FormatException e) {
            throw new ProtocolException("line " + line + " of the dump has no public key");
        }
    }

    private static @Nullable SecretKey secret(byte[] bytes, int from, int to, int line) throws ProtocolException {
        if (Arrays.equals(bytes, from, to, NONE, 0, NONE.length)) {
            return null;
        }
        byte[] base64 = Arrays.copyOfRange(bytes, from, to);
        try {
            return SecretKey.parseBase64(base64);
        } catch (FormatException e) {
            throw new ProtocolException("line " + line + " of the dump has neither a key nor (none)");
        } finally {
            Arrays.fill(base64, (byte) 0);
        }
    }

    private static int find(byte[] bytes, int from, int to, char what) {
        int at = from;
        while (at < to && bytes[at] != what) {
            at++;
        }
        return at;
    }
}
