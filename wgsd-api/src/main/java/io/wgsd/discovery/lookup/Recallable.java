package io.wgsd.discovery.lookup;

import io.wgsd.discovery.exchange.Answer;
import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.exchange.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** All questions of one call, which can be recalled together: then those that wait are not asked any more. */
final class Recallable implements Asker {

    private final Asker asker;
    private final List<CompletableFuture<Answer>> answers = new ArrayList<>();
    private boolean recalled;

    Recallable(Asker asker) {
        this.asker = asker;
    }

    @Override
    public CompletableFuture<Answer> ask(Request request) {
        synchronized (answers) {
            if (!recalled) {
                CompletableFuture<Answer> answer = asker.ask(request);
                answers.add(answer);
                return answer;
            }
        }
        return CompletableFuture.failedFuture(new CancellationException("recalled"));
    }

    void recall() {
        List<CompletableFuture<Answer>> all;
        synchronized (answers) {
            recalled = true;
            all = List.copyOf(answers);
        }
        all.forEach(answer -> answer.cancel(false));
    }
}
