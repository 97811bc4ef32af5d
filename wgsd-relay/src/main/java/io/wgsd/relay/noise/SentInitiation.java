package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.relay.wire.Mac1;
import io.wgsd.relay.wire.Messages;
import java.util.Arrays;
import java.util.Optional;

/**
 * An initiation by this side: the initiator of Noise IKpsk2 (drivers/net/wireguard/noise.c,
 * wg_noise_handshake_create_initiation and wg_noise_handshake_consume_response).
 *
 * <p>Not thread-safe.
 */
public final class SentInitiation {

    private static final byte[] NO_PRESHARED_KEY = new byte[Messages.KEY];

    private final Identity initiator;
    private final Ephemeral ephemeral;
    private final int localIndex;
    private final Transcript transcript;
    private final byte[] message;

    private SentInitiation(
            Identity initiator, Ephemeral ephemeral, int localIndex, Transcript transcript, byte[] message) {
        this.initiator = initiator;
        this.ephemeral = ephemeral;
        this.localIndex = localIndex;
        this.transcript = transcript;
        this.message = message;
    }

    /**
     * Makes an initiation; costs two Diffie-Hellman.
     *
     * @param initiator this side
     * @param responder to whom it goes
     * @param ephemeral a fresh key
     * @param localIndex the index under which this side receives
     * @param timestamp a greater one than in all initiations to this responder before
     * @return the initiation; empty where the responder's key is of small order
     */
    public static Optional<SentInitiation> create(
            Identity initiator, PublicKey responder, Ephemeral ephemeral, int localIndex, Timestamp timestamp) {
        byte[] theirs = responder.toBytes();
        byte[] own = ephemeral.publicKey();
        byte[] message = new byte[Messages.INITIATION_LENGTH];
        Transcript transcript = new Transcript(theirs);
        transcript.mixEphemeral(own);
        if (!ReceivedInitiation.mixKey(transcript, ephemeral.agree(theirs))) {
            return Optional.empty();
        }
        byte[] sealedStatic = transcript.seal(initiator.publicKey().toBytes());
        if (!ReceivedInitiation.mixKey(transcript, initiator.agree(theirs))) {
            return Optional.empty();
        }
        byte[] sealedTimestamp = transcript.seal(timestamp.toBytes());
        Messages.putWord(message, 0, Messages.INITIATION);
        Messages.putWord(message, Messages.SENDER, localIndex);
        System.arraycopy(own, 0, message, Messages.INITIATION_EPHEMERAL, own.length);
        System.arraycopy(sealedStatic, 0, message, Messages.ENCRYPTED_STATIC, sealedStatic.length);
        System.arraycopy(sealedTimestamp, 0, message, Messages.ENCRYPTED_TIMESTAMP, sealedTimestamp.length);
        Mac1.of(responder).write(message);
        return Optional.of(new SentInitiation(initiator, ephemeral, localIndex, transcript, message));
    }

    /**
     * Returns the message.
     *
     * @return a copy, whose second code is zero
     */
    public byte[] message() {
        return message.clone();
    }

    /**
     * Returns the index under which this side receives.
     *
     * @return the relay's own index
     */
    public int localIndex() {
        return localIndex;
    }

    /**
     * Takes a response; costs two Diffie-Hellman. After a response that was not authentic another one may be tried.
     *
     * @param response a response whose receiver is this side's index
     * @return the session's keys; empty where it does not answer this initiation authentically
     */
    public Optional<TransportKeys> accept(byte[] response) {
        byte[] theirs =
                Arrays.copyOfRange(response, Messages.RESPONSE_EPHEMERAL, Messages.RESPONSE_EPHEMERAL + Messages.KEY);
        Transcript trial = transcript.copy();
        trial.mixEphemeral(theirs);
        if (!ReceivedInitiation.mix(trial, ephemeral.agree(theirs))
                || !ReceivedInitiation.mix(trial, initiator.agree(theirs))) {
            return Optional.empty();
        }
        trial.mixPresharedKey(NO_PRESHARED_KEY);
        if (trial.open(response, Messages.ENCRYPTED_NOTHING, 0) == null) {
            trial.close();
            return Optional.empty();
        }
        return Optional.of(new TransportKeys(true, localIndex, Messages.sender(response), trial.split()));
    }

    /** Wipes what is secret. */
    public void forget() {
        transcript.close();
    }

    /** Returns a text without what is secret. */
    @Override
    public String toString() {
        return "SentInitiation[redacted]";
    }
}
