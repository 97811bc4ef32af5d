package io.wgsd.relay.noise;

import io.wgsd.model.PublicKey;
import io.wgsd.model.SecretKey;
import io.wgsd.relay.wire.Messages;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** The other end of a session: a WireGuard peer without timers, whose messages a test carries where it likes. */
public final class TestPeer {

    private final Random random;
    private final SecretKey key;
    private final Identity identity;
    private Timestamp last = Timestamp.of(Instant.parse("2026-11-01T12:00:00Z"));
    private SentInitiation sent;
    private TransportKeys keys;

    public TestPeer(int number) {
        this(number, number);
    }

    /** The same peer as others of its number, with handshakes of its own. */
    public TestPeer(int number, int seed) {
        random = new Random(~seed);
        byte[] bytes = new byte[Messages.KEY];
        new Random(number).nextBytes(bytes);
        key = SecretKey.copyOf(bytes);
        identity = Identity.of(key);
    }

    public SecretKey secretKey() {
        return key;
    }

    public PublicKey key() {
        return identity.publicKey();
    }

    /** Begins a handshake. */
    public byte[] initiation(PublicKey to) {
        last = Timestamp.after(Instant.EPOCH, last);
        sent = SentInitiation.create(identity, to, ephemeral(), random.nextInt(), last)
                .orElseThrow();
        return sent.message();
    }

    public byte[] initiationWithCookie(PublicKey to, byte[] cookieReply, byte[] asked) {
        byte[] message = initiation(to);
        ReceivedCookie.open(to, cookieReply, asked).orElseThrow().write(message);
        return message;
    }

    /** Takes a response to what was begun last, and returns the keepalive that an initiator sends then. */
    public byte[] finish(byte[] response) {
        keys = sent.accept(response).orElseThrow();
        return keys.keepalive();
    }

    /** Responds to a handshake. */
    public byte[] respond(byte[] initiation) {
        ReceivedInitiation received =
                ReceivedInitiation.open(identity, initiation).orElseThrow();
        received.timestamp().orElseThrow();
        ReceivedInitiation.Answered answered =
                received.respond(ephemeral(), random.nextInt()).orElseThrow();
        keys = answered.keys();
        return answered.message();
    }

    /** Answers an initiation with a cookie reply, as a peer under load does. */
    public byte[] cookieReply(byte[] initiation) {
        return new CookieMaker(key(), new byte[Messages.KEY]).reply(initiation, new byte[6], new byte[Messages.NONCE]);
    }

    /** Returns whether an initiation shows the cookie of {@link #cookieReply}. */
    public boolean showsCookie(byte[] initiation) {
        return new CookieMaker(key(), new byte[Messages.KEY]).proves(initiation, new byte[6]);
    }

    public byte[] keepalive() {
        return keys.keepalive();
    }

    public byte[] data(int length) {
        return keys.data(new byte[length]);
    }

    /** Returns whether data are of the session, and new. */
    public boolean accepts(byte[] data) {
        return Messages.receiver(data) == keys.localIndex() && keys.accepts(data);
    }

    /** Returns the timestamp of an initiation to this peer. */
    public Timestamp timestamp(byte[] initiation) {
        return ReceivedInitiation.open(identity, initiation)
                .orElseThrow()
                .timestamp()
                .orElseThrow();
    }

    /** Returns a message with one bit changed, whose codes are as they were. */
    public static byte[] changed(byte[] message, int at) {
        byte[] changed = Arrays.copyOf(message, message.length);
        changed[at] ^= 1;
        return changed;
    }

    private Ephemeral ephemeral() {
        byte[] bytes = new byte[Messages.KEY];
        random.nextBytes(bytes);
        return Ephemeral.of(bytes);
    }
}
