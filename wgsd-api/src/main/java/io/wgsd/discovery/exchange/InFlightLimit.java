package io.wgsd.discovery.exchange;

/**
 * How many questions may be on their way at a time: it begins small, grows with each answer, and falls back where
 * answers fail to come, so that a slow server is not buried under repeated questions.
 */
final class InFlightLimit {

    private static final int FIRST = 32;

    private final int most;
    private final int least;
    private int now;

    InFlightLimit(int most) {
        this.most = most;
        least = Math.min(FIRST, most);
        now = least;
    }

    int now() {
        return now;
    }

    void answered() {
        now = Math.min(now + 1, most);
    }

    void silent() {
        now = least;
    }
}
