package io.wgsd.server.answer.access;

import io.wgsd.model.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes and knows server cookies (RFC 7873, in the form of RFC 9018, section 4): who brings one back has its answers
 * sent to the address from which it asks.
 *
 * <p>The secret is another one each day, and the one before remains known for a day; it never leaves the process.
 * Thread-safe.
 */
public final class Cookies {

    static final int CLIENT_LENGTH = 8;
    static final int LENGTH = 24;

    private static final byte VERSION = 1;
    private static final int HASH_AT = 16;
    /** RFC 9018, section 4.3: how old a cookie may be, and how far ahead of this host's clock. */
    private static final int MAX_AGE = 3600;

    private static final int MAX_AHEAD = 300;

    private static final long SECRET_AGE = Duration.ofDays(1).toSeconds();

    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile Secrets secrets;

    private record Secrets(SipHash current, @Nullable SipHash previous, long since) {}

    /**
     * Makes cookies with a new secret.
     *
     * @param clock what their time is taken from
     * @param random what secrets are taken from, unpredictable
     */
    public Cookies(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        secrets = new Secrets(newSecret(), null, now());
    }

    /**
     * Returns the whole cookie for a client.
     *
     * @param clientCookie what the client sent, of which the first 8 bytes count
     * @param client where it asks from
     * @return 24 bytes: the client's cookie and the server's
     */
    public byte[] make(byte[] clientCookie, IpAddress client) {
        byte[] cookie = Arrays.copyOf(clientCookie, LENGTH);
        ByteBuffer.wrap(cookie)
                .put(CLIENT_LENGTH, new byte[] {VERSION, 0, 0, 0})
                .putInt(12, (int) now());
        return seal(cookie, client, secrets().current());
    }

    /** Returns whether a cookie was made here, for this client, and not long ago. */
    public boolean isGood(byte[] cookie, IpAddress client) {
        if (cookie.length != LENGTH || cookie[CLIENT_LENGTH] != VERSION) {
            return false;
        }
        // RFC 9018, section 4.3: the times are serial numbers, as in RFC 1982.
        int age = (int) now() - ByteBuffer.wrap(cookie).getInt(12);
        if (age > MAX_AGE || age < -MAX_AHEAD) {
            return false;
        }
        Secrets known = secrets();
        SipHash previous = known.previous();
        return isSealed(cookie, client, known.current()) || (previous != null && isSealed(cookie, client, previous));
    }

    private static boolean isSealed(byte[] cookie, IpAddress client, SipHash secret) {
        return MessageDigest.isEqual(cookie, seal(cookie.clone(), client, secret));
    }

    private static byte[] seal(byte[] cookie, IpAddress client, SipHash secret) {
        byte[] address = client.toBytes();
        byte[] sealed = Arrays.copyOf(cookie, HASH_AT + address.length);
        System.arraycopy(address, 0, sealed, HASH_AT, address.length);
        ByteBuffer.wrap(cookie).order(ByteOrder.LITTLE_ENDIAN).putLong(HASH_AT, secret.hash(sealed));
        return cookie;
    }

    private Secrets secrets() {
        Secrets known = secrets;
        return Math.abs(now() - known.since()) < SECRET_AGE ? known : rolled();
    }

    private synchronized Secrets rolled() {
        Secrets known = secrets;
        long age = Math.abs(now() - known.since());
        if (age >= SECRET_AGE) {
            secrets = new Secrets(newSecret(), age < 2 * SECRET_AGE ? known.current() : null, now());
        }
        return secrets;
    }

    private SipHash newSecret() {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
