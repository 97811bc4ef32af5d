package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.wire.Blake2s;
import io.wgsd.relay.wire.Mac1;
import io.wgsd.relay.wire.Messages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The cookies of this side as responder: what a source has to show to prove that it receives what is sent to it
 * (drivers/net/wireguard/cookie.c).
 *
 * <p>Not thread-safe.
 */
public final class CookieMaker {

    private static final byte[] LABEL = "cookie--".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;
    private byte[] secret;

    /**
     * Makes the cookies of a responder.
     *
     * @param responder its key
     * @param secret 32 random bytes, from which cookies come
     */
    public CookieMaker(PublicKey responder, byte[] secret) {
        key = key(responder);
        this.secret = secret.clone();
    }

    static byte[] key(PublicKey responder) {
        return Blake2s.hash(LABEL, responder.toBytes());
    }

    /**
     * Makes other cookies from now on; due every two minutes (COOKIE_SECRET_MAX_AGE).
     *
     * @param next 32 random bytes
     */
    public void changeSecret(byte[] next) {
        Transcript.wipe(secret);
        secret = next.clone();
    }

    /**
     * Returns whether a message shows the cookie of the source that it came from.
     *
     * @param message an initiation or a response
     * @param source the source's address and port, as bytes
     * @return whether its second code fits
     */
    public boolean proves(byte[] message, byte[] source) {
        int at = Mac1.at(message) + Messages.MAC;
        byte[] mac2 = Blake2s.mac(cookie(source), message, at);
        return MessageDigest.isEqual(mac2, Arrays.copyOfRange(message, at, at + Messages.MAC));
    }

    /**
     * Returns a cookie reply, which is for the sender of a message only.
     *
     * @param message an initiation or a response
     * @param source the source's address and port, as bytes
     * @param nonce 24 random bytes
     * @return the cookie reply
     */
    public byte[] reply(byte[] message, byte[] source, byte[] nonce) {
        int mac1 = Mac1.at(message);
        byte[] reply = new byte[Messages.COOKIE_REPLY_LENGTH];
        Messages.putWord(reply, 0, Messages.COOKIE_REPLY);
        Messages.putWord(reply, Messages.RECEIVER, Messages.sender(message));
        System.arraycopy(nonce, 0, reply, Messages.COOKIE_NONCE, Messages.NONCE);
        byte[] sealed = XAead.seal(key, nonce, cookie(source), Arrays.copyOfRange(message, mac1, mac1 + Messages.MAC));
        System.arraycopy(sealed, 0, reply, Messages.ENCRYPTED_COOKIE, sealed.length);
        return reply;
    }

    private byte[] cookie(byte[] source) {
        return Blake2s.mac(secret, source, source.length);
    }
}
