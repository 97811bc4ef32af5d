package io.wgsd.relay.noise;

import io.wgsd.relay.wire.Messages;

/**
 * The two keys of a session with the relay, which carries keepalives only.
 *
 * <p>Not thread-safe; wiped by {@link #close()}.
 */
public final class TransportKeys implements AutoCloseable {

    /** REJECT_AFTER_MESSAGES of messages.h. */
    private static final long LAST_COUNTER = -1L - ReplayWindow.SIZE - 1;

    private static final byte[] NOTHING = {};

    private final boolean initiator;
    private final int localIndex;
    private final int remoteIndex;
    private final byte[] sending;
    private final byte[] receiving;
    private final ReplayWindow window = new ReplayWindow();
    private long counter;

    TransportKeys(boolean initiator, int localIndex, int remoteIndex, byte[][] keys) {
        this.initiator = initiator;
        this.localIndex = localIndex;
        this.remoteIndex = remoteIndex;
        sending = keys[initiator ? 0 : 1];
        receiving = keys[initiator ? 1 : 0];
    }

    /**
     * Returns whether this side has begun the handshake.
     *
     * @return whether the relay is the initiator
     */
    public boolean initiator() {
        return initiator;
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
     * Returns the next keepalive.
     *
     * @return a message that is data without content
     */
    public byte[] keepalive() {
        return data(NOTHING);
    }

    /** Returns the next message with some content. */
    byte[] data(byte[] content) {
        byte[] sealed = Aead.seal(sending, counter, content, NOTHING);
        byte[] message = new byte[Messages.ENCRYPTED_DATA + sealed.length];
        Messages.putWord(message, 0, Messages.DATA);
        Messages.putWord(message, Messages.RECEIVER, remoteIndex);
        Messages.putCounter(message, Messages.COUNTER, counter++);
        System.arraycopy(sealed, 0, message, Messages.ENCRYPTED_DATA, sealed.length);
        return message;
    }

    /**
     * Returns whether a message is of this session, and seen for the first time.
     *
     * @param message data with this side's index
     * @return whether the other side of the session has sent it; then the same message is refused from now on
     */
    public boolean accepts(byte[] message) {
        long theirs = Messages.counter(message, Messages.COUNTER);
        if (Long.compareUnsigned(theirs, LAST_COUNTER) >= 0 || !window.isNew(theirs)) {
            return false;
        }
        int length = message.length - Messages.ENCRYPTED_DATA;
        if (Aead.open(receiving, theirs, message, Messages.ENCRYPTED_DATA, length, NOTHING) == null) {
            return false;
        }
        window.add(theirs);
        return true;
    }

    /** Wipes both keys. */
    @Override
    public void close() {
        Transcript.wipe(sending);
        Transcript.wipe(receiving);
    }

    /** Returns a text without the keys. */
    @Override
    public String toString() {
        return "TransportKeys[" + (initiator ? "initiator" : "responder") + "]";
    }
}
