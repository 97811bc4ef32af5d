package io.wgsd.discovery.exchange;

import java.util.concurrent.CompletableFuture;

/** Whoever gets answers to questions: an {@link Exchange}, or what stands for one. */
public interface Asker {

    /** Asks; the future ends with an answer or an {@link ExchangeException}. */
    CompletableFuture<Response> ask(Request request);
}
