package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The TCP connections that are open, a limited number of them; later questions wait for a free one. */
final class TcpQueries {

    private static final int MOST = 16;

    private final Selector selector;
    private final Random random;
    private final TcpQuery.Listener listener;
    private final Map<PendingRequest, TcpQuery> open = new HashMap<>();
    private final Map<PendingRequest, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Step.Ask ask, ServerPath path) {}

    /** A question whose turn came, and why the system could not connect. */
    record Failed(PendingRequest owner, Step.Ask ask, IOException cause) {}

    TcpQueries(Selector selector, Random random, TcpQuery.Listener listener) {
        this.selector = selector;
        this.random = random;
        this.listener = listener;
    }

    void place(PendingRequest owner, Step.Ask ask, ServerPath path) throws IOException {
        end(owner);
        if (open.size() < MOST) {
            open.put(owner, new TcpQuery(owner, ask, random.nextInt(Question.IDS), path, selector, listener));
        } else {
            waiting.put(owner, new Waiting(ask, path));
        }
    }

    /** Closes the connection of a question that no longer needs it, and opens no other. */
    void end(PendingRequest owner) {
        waiting.remove(owner);
        TcpQuery call = open.remove(owner);
        if (call != null) {
            call.close();
        }
    }

    /** Uses the connections that have become free, and returns the questions for which none could be opened. */
    List<Failed> takeUp() {
        List<Failed> failures = new ArrayList<>();
        while (open.size() < MOST && !waiting.isEmpty()) {
            Map.Entry<PendingRequest, Waiting> first =
                    waiting.entrySet().iterator().next();
            try {
                place(first.getKey(), first.getValue().ask(), first.getValue().path());
            } catch (IOException e) {
                failures.add(new Failed(first.getKey(), first.getValue().ask(), e));
            }
        }
        return failures;
    }
}
