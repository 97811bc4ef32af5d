package io.wgsd.relay.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Where the fields of WireGuard's messages are, as in the kernel's drivers/net/wireguard/messages.h.
 *
 * <p>Every message begins with its type and three zero bytes, together a little-endian word.
 */
public final class Messages {

    /** The type of a handshake's first message. */
    public static final int INITIATION = 1;
    /** The type of a handshake's second message. */
    public static final int RESPONSE = 2;
    /** The type of the message that asks for a proof of the sender's address. */
    public static final int COOKIE_REPLY = 3;
    /** The type of all that a session carries. */
    public static final int DATA = 4;
    /** No type: the bytes are no message of WireGuard's. */
    public static final int NONE = 0;

    /** How many bytes an initiation has. */
    public static final int INITIATION_LENGTH = 148;
    /** How many bytes a response has. */
    public static final int RESPONSE_LENGTH = 92;
    /** How many bytes a cookie reply has. */
    public static final int COOKIE_REPLY_LENGTH = 64;
    /** How many bytes data have at least: as a keepalive, which is data without content. */
    public static final int KEEPALIVE_LENGTH = 32;

    /** Where an initiation and a response have the index under which their sender receives. */
    public static final int SENDER = 4;
    /** Where data and a cookie reply have their receiver's index. */
    public static final int RECEIVER = 4;
    /** Where a response has its receiver's index. */
    public static final int RESPONSE_RECEIVER = 8;

    // struct message_handshake_initiation
    /** Where an initiation has its sender's ephemeral key. */
    public static final int INITIATION_EPHEMERAL = 8;
    /** Where an initiation has its sender's static key, encrypted. */
    public static final int ENCRYPTED_STATIC = 40;
    /** Where an initiation has its timestamp, encrypted. */
    public static final int ENCRYPTED_TIMESTAMP = 88;
    /** Where an initiation has its first code. */
    public static final int INITIATION_MAC1 = 116;
    /** Where an initiation has its second code. */
    public static final int INITIATION_MAC2 = 132;

    // struct message_handshake_response
    /** Where a response has its sender's ephemeral key. */
    public static final int RESPONSE_EPHEMERAL = 12;
    /** Where a response has nothing, encrypted. */
    public static final int ENCRYPTED_NOTHING = 44;
    /** Where a response has its first code. */
    public static final int RESPONSE_MAC1 = 60;
    /** Where a response has its second code. */
    public static final int RESPONSE_MAC2 = 76;

    // struct message_handshake_cookie
    /** Where a cookie reply has its nonce. */
    public static final int COOKIE_NONCE = 8;
    /** Where a cookie reply has its cookie, encrypted. */
    public static final int ENCRYPTED_COOKIE = 32;

    // struct message_data
    /** Where data have their counter. */
    public static final int COUNTER = 8;
    /** Where data have their content, encrypted. */
    public static final int ENCRYPTED_DATA = 16;

    /** How many bytes a key has. */
    public static final int KEY = 32;
    /** How many bytes an authenticated encryption adds. */
    public static final int TAG = 16;
    /** How many bytes a timestamp has. */
    public static final int TIMESTAMP = 12;
    /** How many bytes each of the two codes has. */
    public static final int MAC = 16;
    /** How many bytes a cookie has. */
    public static final int COOKIE = 16;
    /** How many bytes a cookie reply's nonce has. */
    public static final int NONCE = 24;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Messages() {}

    /**
     * Returns what kind of message some bytes are, by their form alone.
     *
     * @param firstWord their first four bytes, little endian; anything where there are fewer
     * @param length how many bytes there are
     * @return one of the types, or {@link #NONE}
     */
    public static int type(int firstWord, int length) {
        return switch (firstWord) {
            case INITIATION -> length == INITIATION_LENGTH ? INITIATION : NONE;
            case RESPONSE -> length == RESPONSE_LENGTH ? RESPONSE : NONE;
            case COOKIE_REPLY -> length == COOKIE_REPLY_LENGTH ? COOKIE_REPLY : NONE;
            case DATA -> length >= KEEPALIVE_LENGTH ? DATA : NONE;
            default -> NONE;
        };
    }

    /**
     * Returns what kind of message some bytes are, by their form alone.
     *
     * @param message all of them
     * @return one of the types, or {@link #NONE}
     */
    public static int type(byte[] message) {
        return message.length < Integer.BYTES ? NONE : type(word(message, 0), message.length);
    }

    /**
     * Returns the index of the one to whom a message goes.
     *
     * @param message a response, a cookie reply or data
     * @return the index
     */
    public static int receiver(byte[] message) {
        return word(message, word(message, 0) == RESPONSE ? RESPONSE_RECEIVER : RECEIVER);
    }

    /**
     * Returns the index that the sender of a message of a handshake chose for itself.
     *
     * @param message an initiation or a response
     * @return the index
     */
    public static int sender(byte[] message) {
        return word(message, SENDER);
    }

    /**
     * Returns a number of four bytes.
     *
     * @param message the bytes
     * @param at where it begins
     * @return the number
     */
    public static int word(byte[] message, int at) {
        return (int) WORD.get(message, at);
    }

    /**
     * Writes a number of four bytes.
     *
     * @param message the bytes
     * @param at where it begins
     * @param value the number
     */
    public static void putWord(byte[] message, int at, int value) {
        WORD.set(message, at, value);
    }

    /**
     * Returns a number of eight bytes.
     *
     * @param message the bytes
     * @param at where it begins
     * @return the number
     */
    public static long counter(byte[] message, int at) {
        return (long) LONG.get(message, at);
    }

    /**
     * Writes a number of eight bytes.
     *
     * @param message the bytes
     * @param at where it begins
     * @param value the number
     */
    public static void putCounter(byte[] message, int at, long value) {
        LONG.set(message, at, value);
    }
}
