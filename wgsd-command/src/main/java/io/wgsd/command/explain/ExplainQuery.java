package io.wgsd.command.explain;

import io.wgsd.command.status.StatusQuery;
import java.util.Optional;

/**
 * What is asked about a peer at a status socket, on one line: {@code explain PEER} and then what {@link StatusQuery}
 * has.
 *
 * @param peer a name, a key, or the start of one
 * @param how how the answer is to look
 */
public record ExplainQuery(String peer, StatusQuery how) {

    private static final String WORD = "explain";

    /** As long as a key in base32; no name is longer. */
    public static final int LONGEST_PEER = 56;

    /** Reads a line; empty where it asks for something else. */
    static Optional<ExplainQuery> parse(String line) {
        String[] words = line.split(" ", 3);
        return words.length == 3 && words[0].equals(WORD)
                ? Optional.of(new ExplainQuery(words[1], StatusQuery.parse(words[2])))
                : Optional.empty();
    }

    /** Returns the line that asks for this. */
    public String line() {
        return WORD + " " + peer + " " + how.line();
    }
}
