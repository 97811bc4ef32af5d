package io.wgsd.testkit.net.wireguard;

import io.wgsd.model.PublicKey;

/**
 * What WireGuard sends, as values instead of ciphertext (drivers/net/wireguard/messages.h). Code that would not have
 * the keys does not look inside; the hashes are the same in every run.
 */
public sealed interface Message {

    /** Returns how many bytes it would have. */
    int length();

    /** The first message of a handshake, as if encrypted to the responder and authenticated by the initiator. */
    record Initiation(PublicKey initiator, PublicKey responder, int sender, long timestamp) implements Message {

        @Override
        public int length() {
            return 148;
        }

        @Override
        public String toString() {
            return "handshake initiation";
        }
    }

    /**
     * The second message of a handshake; the receiver's index ties it to one initiation.
     *
     * @param session names the keys that both derive
     * @param presharedKey a fingerprint of the key that the responder has mixed in; 0 for none
     */
    record Response(int sender, int receiver, long session, long presharedKey) implements Message {

        @Override
        public int length() {
            return 92;
        }

        @Override
        public String toString() {
            return "handshake response";
        }
    }

    /** Data, or a keepalive, under the keys of a session. */
    record Transport(int receiver, long session, long counter, Plaintext plaintext) implements Message {

        private static final int HEADER_AND_TAG = 32;

        @Override
        public int length() {
            return HEADER_AND_TAG + plaintext.paddedLength();
        }

        @Override
        public int hashCode() {
            return 31 * (31 * receiver + Long.hashCode(session)) + Long.hashCode(counter);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Transport that
                    && receiver == that.receiver
                    && session == that.session
                    && counter == that.counter
                    && plaintext.equals(that.plaintext);
        }

        @Override
        public String toString() {
            return plaintext.toString();
        }
    }
}
