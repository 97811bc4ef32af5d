package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.wire.Mac1;
import io.wgsd.relay.wire.Messages;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An initiation to this side, opened as far as it was asked for: the responder of Noise IKpsk2
 * (drivers/net/wireguard/noise.c, wg_noise_handshake_consume_initiation and wg_noise_handshake_create_response).
 *
 * <p>The sender is known at once; that the message is authentic, only by its {@link #timestamp()}. Not thread-safe.
 */
public final class ReceivedInitiation {

    private static final byte[] NO_PRESHARED_KEY = new byte[Messages.KEY];
    private static final byte[] NOTHING = {};

    private final Identity responder;
    private final byte[] message;
    private final Transcript transcript;
    private final byte[] initiator;

    private ReceivedInitiation(Identity responder, byte[] message, Transcript transcript, byte[] initiator) {
        this.responder = responder;
        this.message = message;
        this.transcript = transcript;
        this.initiator = initiator;
    }

    /**
     * Opens an initiation so far that its sender is known; costs one Diffie-Hellman.
     *
     * @param responder this side
     * @param message an initiation whose first code fits this side
     * @return the initiation; empty where its parts do not fit
     */
    public static Optional<ReceivedInitiation> open(Identity responder, byte[] message) {
        Transcript transcript = new Transcript(responder.publicKey().toBytes());
        byte[] ephemeral = ephemeral(message);
        transcript.mixEphemeral(ephemeral);
        if (!mixKey(transcript, responder.agree(ephemeral))) {
            return Optional.empty();
        }
        byte[] initiator = transcript.open(message, Messages.ENCRYPTED_STATIC, Messages.KEY);
        return initiator == null
                ? Optional.empty()
                : Optional.of(new ReceivedInitiation(responder, message, transcript, initiator));
    }

    /**
     * Returns the sender, if the message is authentic.
     *
     * @return the sender's static key
     */
    public PublicKey initiator() {
        return PublicKey.of(initiator);
    }

    /**
     * Opens the rest; to be called once. Costs one Diffie-Hellman.
     *
     * @return when it was made, by its sender's clock; empty where it is not authentic
     */
    public Optional<Timestamp> timestamp() {
        if (!mixKey(transcript, responder.agree(initiator))) {
            return Optional.empty();
        }
        byte[] timestamp = transcript.open(message, Messages.ENCRYPTED_TIMESTAMP, Messages.TIMESTAMP);
        return timestamp == null ? Optional.empty() : Optional.of(Timestamp.read(timestamp));
    }

    /** A response, and the session that it begins. */
    public static final class Answered {

        private final byte[] message;
        private final TransportKeys keys;

        private Answered(byte[] message, TransportKeys keys) {
            this.message = message;
            this.keys = keys;
        }

        /**
         * Returns the response, whose second code is zero.
         *
         * @return the message, which is the caller's
         */
        public byte[] message() {
            return message;
        }

        /**
         * Returns the session's keys, which are used once the initiator has sent data.
         *
         * @return the keys
         */
        public TransportKeys keys() {
            return keys;
        }
    }

    /**
     * Responds; to be called once, after {@link #timestamp()}. Costs two Diffie-Hellman.
     *
     * @param ephemeral a fresh key
     * @param localIndex the index under which this side receives
     * @return the response; empty where the initiator's key is of small order
     */
    public Optional<Answered> respond(Ephemeral ephemeral, int localIndex) {
        byte[] own = ephemeral.publicKey();
        transcript.mixEphemeral(own);
        if (!mix(transcript, ephemeral.agree(ephemeral(message))) || !mix(transcript, ephemeral.agree(initiator))) {
            return Optional.empty();
        }
        transcript.mixPresharedKey(NO_PRESHARED_KEY);
        byte[] response = new byte[Messages.RESPONSE_LENGTH];
        int remoteIndex = Messages.sender(message);
        Messages.putWord(response, 0, Messages.RESPONSE);
        Messages.putWord(response, Messages.SENDER, localIndex);
        Messages.putWord(response, Messages.RESPONSE_RECEIVER, remoteIndex);
        System.arraycopy(own, 0, response, Messages.RESPONSE_EPHEMERAL, own.length);
        byte[] sealed = transcript.seal(NOTHING);
        System.arraycopy(sealed, 0, response, Messages.ENCRYPTED_NOTHING, sealed.length);
        Mac1.of(initiator()).write(response);
        return Optional.of(
                new Answered(response, new TransportKeys(false, localIndex, remoteIndex, transcript.split())));
    }

    private static byte[] ephemeral(byte[] message) {
        return Arrays.copyOfRange(message, Messages.INITIATION_EPHEMERAL, Messages.INITIATION_EPHEMERAL + Messages.KEY);
    }

    static boolean mixKey(Transcript transcript, byte @Nullable [] shared) {
        if (shared == null) {
            return false;
        }
        transcript.mixKey(shared);
        Transcript.wipe(shared);
        return true;
    }

    static boolean mix(Transcript transcript, byte @Nullable [] shared) {
        if (shared == null) {
            return false;
        }
        transcript.mixChainingKey(shared);
        Transcript.wipe(shared);
        return true;
    }
}
