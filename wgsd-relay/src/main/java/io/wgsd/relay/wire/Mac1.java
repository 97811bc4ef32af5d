package io.wgsd.relay.wire;

import io.wgsd.model.PublicKey;
import java.nio.charset.StandardCharsets;

/**
 * The code by which a handshake's message shows for whom it is (drivers/net/wireguard/cookie.c).
 *
 * <p>It is made with the receiver's public key, so that it says to whom a message goes, and never from whom it comes.
 * Immutable and thread-safe.
 */
public final class Mac1 {

    private static final byte[] LABEL = "mac1----".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    private Mac1(byte[] key) {
        this.key = key;
    }

    /**
     * Returns the code of what one peer receives.
     *
     * @param receiver the peer
     * @return its code
     */
    public static Mac1 of(PublicKey receiver) {
        return new Mac1(Blake2s.hash(LABEL, receiver.toBytes()));
    }

    /**
     * Returns whether a message is for this receiver.
     *
     * @param message an initiation or a response
     * @return whether its code fits
     */
    public boolean fits(byte[] message) {
        int at = at(message);
        byte[] mac = Blake2s.mac(key, message, at);
        int different = 0;
        for (int i = 0; i < Messages.MAC; i++) {
            different |= mac[i] ^ message[at + i];
        }
        return different == 0;
    }

    /**
     * Writes the code of a message to this receiver.
     *
     * @param message an initiation or a response, complete up to the code
     */
    public void write(byte[] message) {
        int at = at(message);
        System.arraycopy(Blake2s.mac(key, message, at), 0, message, at, Messages.MAC);
    }

    /**
     * Returns where a message of a handshake has its first code; its second one is right behind.
     *
     * @param message an initiation or a response
     * @return the place
     */
    public static int at(byte[] message) {
        return message.length == Messages.INITIATION_LENGTH ? Messages.INITIATION_MAC1 : Messages.RESPONSE_MAC1;
    }
}
