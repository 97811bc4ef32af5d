package io.wgsd.relay.session;

import io.wgsd.internal.Rate;
import io.wgsd.internal.TokenBucket;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.limit.PrefixBuckets;
import io.wgsd.relay.noise.CookieMaker;
import io.wgsd.relay.roster.Source;
import io.wgsd.relay.wire.Messages;
import java.util.function.UnaryOperator;

/**
 * Decides which initiations may cost the relay a handshake's computation; anyone who knows its public key can make
 * their messages.
 *
 * <p>A few come through from each /24 and /56, and a few hundred in all; beyond that a source has to show a cookie,
 * which costs an honest one five seconds, and which then has a share of its own for its network. Not thread-safe.
 */
final class Admission {

    enum Verdict {
        ADMITTED,
        COOKIE,
        DROPPED
    }

    private static final Rate UNVOUCHED_NETWORK = new Rate(20, 20);
    private static final Rate UNVOUCHED = new Rate(400, 200);
    private static final Rate VOUCHED_NETWORK = new Rate(50, 100);
    private static final Rate VOUCHED = new Rate(1000, 500);
    private static final Rate COOKIES = new Rate(5000, 1000);

    private final UnaryOperator<byte[]> random;
    private final CookieMaker cookies;
    private final PrefixBuckets unvouchedNetworks;
    private final PrefixBuckets vouchedNetworks;
    private final TokenBucket unvouched = new TokenBucket(UNVOUCHED);
    private final TokenBucket vouched = new TokenBucket(VOUCHED);
    private final TokenBucket replies = new TokenBucket(COOKIES);
    private long secretMade;

    /**
     * Makes an admission.
     *
     * @param relay the relay's own key
     * @param random fills bytes at random
     */
    Admission(PublicKey relay, UnaryOperator<byte[]> random) {
        this.random = random;
        cookies = new CookieMaker(relay, random.apply(new byte[Messages.KEY]));
        unvouchedNetworks = new PrefixBuckets(UNVOUCHED_NETWORK, seed());
        vouchedNetworks = new PrefixBuckets(VOUCHED_NETWORK, seed());
    }

    /** Judges an initiation whose first code fits the relay. */
    Verdict judge(byte[] initiation, Source from, long now) {
        changeSecret(now);
        if (unvouchedNetworks.take(from.prefix(), now) && unvouched.take(now)) {
            return Verdict.ADMITTED;
        }
        if (cookies.proves(initiation, from.toBytes())) {
            return vouchedNetworks.take(from.prefix(), now) && vouched.take(now) ? Verdict.ADMITTED : Verdict.DROPPED;
        }
        return replies.take(now) ? Verdict.COOKIE : Verdict.DROPPED;
    }

    /** Returns the reply to an initiation for which a cookie is wanted. */
    byte[] cookieReply(byte[] initiation, Source from) {
        return cookies.reply(initiation, from.toBytes(), random.apply(new byte[Messages.NONCE]));
    }

    private void changeSecret(long now) {
        if (now - secretMade >= Protocol.COOKIE_SECRET_AGE) {
            secretMade = now;
            cookies.changeSecret(random.apply(new byte[Messages.KEY]));
        }
    }

    private long seed() {
        return Messages.counter(random.apply(new byte[Long.BYTES]), 0);
    }
}
