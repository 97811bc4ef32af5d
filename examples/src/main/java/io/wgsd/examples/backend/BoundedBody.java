package io.wgsd.examples.backend;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Collects an answer, which may be large but not endless, and leaves no copy of it. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final WipedBytes gathered = new WipedBytes();
    private final int mostBytes;
    private Flow.@Nullable Subscription answer;

    BoundedBody(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        answer = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (ByteBuffer piece : pieces) {
            if (answer != null && piece.remaining() > mostBytes - gathered.length()) {
                answer.cancel();
                answer = null;
                onError(new IOException("it is longer than " + mostBytes + " bytes"));
            }
            if (answer != null) {
                gathered.add(piece);
            }
        }
    }

    @Override
    public void onError(Throwable error) {
        gathered.close();
        body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        body.complete(gathered.toArray());
        gathered.close();
    }
}
