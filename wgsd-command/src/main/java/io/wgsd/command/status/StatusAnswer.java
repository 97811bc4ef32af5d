package io.wgsd.command.status;

import java.io.IOException;

/**
 * What a process answers at its status socket.
 *
 * @param isWell whether all is well
 * @param body one JSON object, or text for people
 */
public record StatusAnswer(boolean isWell, String body) {

    private static final String WELL = "well";
    private static final String PROBLEM = "problem";

    /** Returns what goes over the socket: a line with the verdict, and then the body. */
    String encoded() {
        return (isWell ? WELL : PROBLEM) + "\n" + body + "\n";
    }

    /** Reads what came over the socket. */
    public static StatusAnswer parse(String text) throws IOException {
        int end = text.indexOf('\n');
        String verdict = end < 0 ? text : text.substring(0, end);
        if (!verdict.equals(WELL) && !verdict.equals(PROBLEM)) {
            throw new IOException(
                    text.isEmpty()
                            ? "it closed the connection without an answer"
                            : "its answer makes no sense, as from another version; restart it");
        }
        return new StatusAnswer(verdict.equals(WELL), text.substring(end + 1).strip());
    }
}
