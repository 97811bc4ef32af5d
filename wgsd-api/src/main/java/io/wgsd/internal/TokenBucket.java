package io.wgsd.internal;

/**
 * A token bucket as one number: the time at which it will be full again (the generic cell rate algorithm).
 *
 * <p>Times are nanoseconds since a start that the caller chooses. Not thread-safe.
 */
public final class TokenBucket {

    private final Rate rate;
    private long time;

    /**
     * Makes a full bucket.
     *
     * @param rate how fast it fills and how much it holds
     */
    public TokenBucket(Rate rate) {
        this.rate = rate;
        time = rate.full();
    }

    /**
     * Takes a token.
     *
     * @param now the time
     * @return whether there was one
     */
    public boolean take(long now) {
        return take(now, 1);
    }

    /**
     * Takes some tokens where there is one at least; what was too much is paid back before the next are given.
     *
     * @param now the time
     * @param tokens how many
     * @return whether they were given
     */
    public boolean take(long now, int tokens) {
        if (!rate.permits(time, now)) {
            return false;
        }
        time = rate.after(time, now, tokens);
        return true;
    }

    /**
     * Takes more tokens, for what was already begun.
     *
     * @param now the time
     * @param tokens how many
     */
    public void charge(long now, int tokens) {
        time = rate.after(time, now, tokens);
    }
}
