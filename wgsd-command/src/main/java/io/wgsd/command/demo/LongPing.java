package io.wgsd.command.demo;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ping that goes on while the network changes, counted in stretches: from one look to the next.
 *
 * <p>For one thread.
 */
final class LongPing {

    /** How often it sends. */
    static final double INTERVAL_SECONDS = 0.1;

    private static final Pattern ANSWER = Pattern.compile("icmp_seq=(\\d+) ttl=");

    private final LabPrograms.Running ping;
    private int counted;
    private int asked;

    LongPing(LabPrograms.Running ping) {
        this.ping = ping;
    }

    /**
     * What became of the pings of one stretch, up to the latest one that was answered.
     *
     * @param sent how many there were
     * @param lost how many had no answer
     */
    record Stretch(int sent, int lost) {

        String text() {
            double seconds = lost * INTERVAL_SECONDS;
            return lost == 0
                    ? sent + " pings, each answered"
                    : sent + " pings, of which " + lost + " had no answer: " + Math.round(seconds * 10) / 10.0
                            + " s without the tunnel";
        }
    }

    /** Returns whether a ping was answered that was sent after this was asked the last time. */
    boolean isAnswered() {
        NavigableSet<Integer> answered = answered(ping.lines());
        int last = answered.isEmpty() ? 0 : answered.last();
        boolean more = last > asked;
        asked = last;
        return more;
    }

    /** Returns how many pings have been answered. */
    int answered() {
        return answered(ping.lines()).size();
    }

    /** Returns what became of the pings since the last look. */
    Stretch look() {
        NavigableSet<Integer> answered = answered(ping.lines());
        int last = answered.isEmpty() ? counted : Math.max(counted, answered.last());
        int sent = last - counted;
        int lost = sent - answered.subSet(counted, false, last, true).size();
        counted = last;
        return new Stretch(sent, lost);
    }

    static NavigableSet<Integer> answered(List<String> lines) {
        NavigableSet<Integer> answered = new TreeSet<>();
        for (String line : lines) {
            Matcher matcher = ANSWER.matcher(line);
            if (matcher.find()) {
                answered.add(Integer.parseInt(matcher.group(1)));
            }
        }
        return answered;
    }
}
