package io.wgsd.discovery.exchange;

import java.util.concurrent.CompletableFuture;

/** Gets responses to questions: an {@link Exchange}, or something in its place. */
public interface Asker {

    /** Asks; the future ends with a response or an {@link ExchangeException}. */
    CompletableFuture<Response> ask(Request request);
}
