package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.wire.Blake2s;
import io.wgsd.relay.wire.Mac1;
import io.wgsd.relay.wire.Messages;
import java.util.Arrays;
import java.util.Optional;

/**
 * A cookie that a responder under load has sent, to be shown in the next initiation to it. Immutable and thread-safe.
 */
public final class ReceivedCookie {

    private final byte[] cookie;

    private ReceivedCookie(byte[] cookie) {
        this.cookie = cookie;
    }

    /**
     * Opens a cookie reply.
     *
     * @param responder the member that has sent it
     * @param reply the cookie reply
     * @param message what it replies to
     * @return the cookie; empty where the reply is not authentic
     */
    public static Optional<ReceivedCookie> open(PublicKey responder, byte[] reply, byte[] message) {
        int mac1 = Mac1.at(message);
        byte[] cookie = XAead.open(
                CookieMaker.key(responder),
                Arrays.copyOfRange(reply, Messages.COOKIE_NONCE, Messages.COOKIE_NONCE + Messages.NONCE),
                Arrays.copyOfRange(reply, Messages.ENCRYPTED_COOKIE, Messages.COOKIE_REPLY_LENGTH),
                Arrays.copyOfRange(message, mac1, mac1 + Messages.MAC));
        return cookie == null ? Optional.empty() : Optional.of(new ReceivedCookie(cookie));
    }

    /**
     * Shows the cookie in a message.
     *
     * @param message an initiation or a response, complete up to its second code
     */
    public void write(byte[] message) {
        int at = Mac1.at(message) + Messages.MAC;
        System.arraycopy(Blake2s.mac(cookie, message, at), 0, message, at, Messages.MAC);
    }
}
