package io.wgsd.discovery.exchange;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The TCP connections that are open, a bounded number of them; who comes later waits for a free one. */
final class TcpCalls {

    private static final int MOST = 16;

    private final Selector selector;
    private final Random random;
    private final TcpCall.Listener listener;
    private final Map<Pending, TcpCall> open = new HashMap<>();
    private final Map<Pending, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Step.Ask ask, Path path) {}

    /** A question whose turn came, and the system's word why it cannot be asked. */
    record Failed(Pending owner, Step.Ask ask, IOException cause) {}

    TcpCalls(Selector selector, Random random, TcpCall.Listener listener) {
        this.selector = selector;
        this.random = random;
        this.listener = listener;
    }

    void place(Pending owner, Step.Ask ask, Path path) throws IOException {
        end(owner);
        if (open.size() < MOST) {
            open.put(owner, new TcpCall(owner, ask, random.nextInt(Question.IDS), path, selector, listener));
        } else {
            waiting.put(owner, new Waiting(ask, path));
        }
    }

    /** Hangs up for a question that needs no connection any more, and takes nothing else up. */
    void end(Pending owner) {
        waiting.remove(owner);
        TcpCall call = open.remove(owner);
        if (call != null) {
            call.close();
        }
    }

    /** Uses the connections that have become free, and returns the questions for which none could be opened. */
    List<Failed> takeUp() {
        List<Failed> failures = new ArrayList<>();
        while (open.size() < MOST && !waiting.isEmpty()) {
            Map.Entry<Pending, Waiting> first = waiting.entrySet().iterator().next();
            try {
                place(first.getKey(), first.getValue().ask(), first.getValue().path());
            } catch (IOException e) {
                failures.add(new Failed(first.getKey(), first.getValue().ask(), e));
            }
        }
        return failures;
    }
}
