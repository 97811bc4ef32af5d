package io.wgsd.relay.roster;

import io.wgsd.internal.Rate;
import io.wgsd.internal.TokenBucket;
import io.wgsd.model.PublicKey;
import io.wgsd.relay.wire.Mac1;
import org.jspecify.annotations.Nullable;

/**
 * A peer for which the relay works, for as long as it is one.
 *
 * <p>Its source, and when it was heard, is written by the thread of the relay's own sessions only, and read by all.
 */
public final class Member {

    /**
     * WireGuard begins a handshake every five seconds with each peer, and a keepalive is as rare; a restart is a burst.
     */
    private static final Rate OTHERS = new Rate(200, 1000);

    private final long number;
    private final PublicKey key;
    private final Mac1 mac1;
    private final TokenBucket data;
    private final TokenBucket others;
    private volatile @Nullable Source source;
    private volatile @Nullable Heard heard;
    /** For the thread of the relay's own sessions alone. */
    private @Nullable Source expected;

    /**
     * That the member was heard.
     *
     * @param source from where
     * @param at when
     */
    public record Heard(Source source, long at) {}

    Member(long number, PublicKey key, Rate dataBytes) {
        this.number = number;
        this.key = key;
        mac1 = Mac1.of(key);
        data = new TokenBucket(dataBytes);
        others = new TokenBucket(OTHERS);
    }

    /**
     * Returns a number that no other member ever has in this process.
     *
     * @return the number
     */
    public long number() {
        return number;
    }

    /**
     * Returns the public key.
     *
     * @return the key
     */
    public PublicKey key() {
        return key;
    }

    /**
     * Returns the code of handshakes that are for this member.
     *
     * @return its code
     */
    public Mac1 mac1() {
        return mac1;
    }

    /**
     * Returns how many bytes of data this member may send; for the receiving thread.
     *
     * @return a bucket of bytes
     */
    public TokenBucket data() {
        return data;
    }

    /**
     * Returns how many messages this member may send that are not just sent on; for the receiving thread.
     *
     * @return a bucket of messages
     */
    public TokenBucket others() {
        return others;
    }

    /**
     * Returns where the member is.
     *
     * @return the source that it was heard from last, or null where it is not attached
     */
    public @Nullable Source source() {
        return source;
    }

    @Nullable
    Source expected() {
        return expected;
    }

    void expectAt(@Nullable Source next) {
        expected = next;
    }

    void moveTo(@Nullable Source next) {
        source = next;
    }

    /**
     * Returns when the member has proved last that it is at its source.
     *
     * @return the last time, or null where there is none
     */
    public @Nullable Heard heard() {
        return heard;
    }

    /**
     * Notes that the member has proved to be at its source.
     *
     * @param from its source
     * @param now the time
     */
    public void hear(Source from, long now) {
        heard = new Heard(from, now);
    }

    /** Returns the public key. */
    @Override
    public String toString() {
        return key.toString();
    }
}
