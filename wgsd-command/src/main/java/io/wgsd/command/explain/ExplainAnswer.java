package io.wgsd.command.explain;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an agent answers about a peer.
 *
 * @param verdict how the peer is
 * @param body one JSON object, or text for people; a line on what is wrong where no such peer is known
 */
public record ExplainAnswer(Verdict verdict, String body) {

    private static final String PREFIX = "explained ";

    /** How a peer is. */
    public enum Verdict {
        WELL,
        PROBLEM,
        UNKNOWN
    }

    /** Returns what goes over the socket: a line with the verdict, and then the body. */
    String encoded() {
        return PREFIX + verdict.name().toLowerCase(Locale.ROOT) + "\n" + body + "\n";
    }

    /** Reads what came over the socket. */
    public static ExplainAnswer parse(String text) throws IOException {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        Verdict verdict = Arrays.stream(Verdict.values())
                .filter(each -> line.equals(PREFIX + each.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        text.isEmpty()
                                ? "it closed the connection without an answer"
                                : "it cannot explain peers, as an older version; restart it"));
        return new ExplainAnswer(verdict, text.substring(end + 1).strip());
    }
}
