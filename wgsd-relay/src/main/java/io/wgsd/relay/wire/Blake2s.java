package io.wgsd.relay.wire;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2sDigest;

/** BLAKE2s (RFC 7693) in the ways in which WireGuard uses it. */
public final class Blake2s {

    /** How many bytes a digest has. */
    public static final int LENGTH = 32;

    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private Blake2s() {}

    /**
     * Returns the digest of some pieces, one behind the other.
     *
     * @param pieces the pieces
     * @return 32 bytes
     */
    public static byte[] hash(byte[]... pieces) {
        Blake2sDigest digest = new Blake2sDigest(LENGTH * Byte.SIZE);
        for (byte[] piece : pieces) {
            digest.update(piece, 0, piece.length);
        }
        byte[] hash = new byte[LENGTH];
        digest.doFinal(hash, 0);
        return hash;
    }

    /**
     * Returns a keyed digest, as WireGuard's codes and cookies are.
     *
     * @param key up to 32 bytes
     * @param message the bytes
     * @param length how many of them count, from the first on
     * @return 16 bytes
     */
    public static byte[] mac(byte[] key, byte[] message, int length) {
        Blake2sDigest digest = new Blake2sDigest(key, Messages.MAC, null, null);
        digest.update(message, 0, length);
        byte[] mac = new byte[Messages.MAC];
        digest.doFinal(mac, 0);
        digest.clearKey();
        return mac;
    }

    /**
     * Returns the HMAC (RFC 2104), which WireGuard's derivation of keys is made of.
     *
     * @param key up to 64 bytes
     * @param pieces the message, in pieces
     * @return 32 bytes
     */
    public static byte[] hmac(byte[] key, byte[]... pieces) {
        byte[] inner = new byte[BLOCK];
        byte[] outer = new byte[BLOCK];
        Arrays.fill(inner, INNER);
        Arrays.fill(outer, OUTER);
        for (int i = 0; i < key.length; i++) {
            inner[i] ^= key[i];
            outer[i] ^= key[i];
        }
        byte[][] message = new byte[pieces.length + 1][];
        message[0] = inner;
        System.arraycopy(pieces, 0, message, 1, pieces.length);
        byte[] hmac = hash(outer, hash(message));
        Arrays.fill(inner, (byte) 0);
        Arrays.fill(outer, (byte) 0);
        return hmac;
    }
}
