package io.wgsd.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

final class BoundedBodyTest {

    private final BoundedBody body = new BoundedBody(5);
    private final CompletableFuture<byte[]> read = body.getBody().toCompletableFuture();
    private boolean cancelled;

    @Test
    void aBodyThatComesInPiecesIsOneArray() {
        come("ab", "cde");
        body.onComplete();

        assertThat(read.join()).asString(StandardCharsets.US_ASCII).isEqualTo("abcde");
    }

    @Test
    void anAnswerThatIsTooLongIsGivenUpAtOnce() {
        come("ab", "cdef", "g");

        assertThat(cancelled).isTrue();
        assertThat(read).isCompletedExceptionally();
    }

    private void come(String... pieces) {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long pieces) {}

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
        for (String piece : pieces) {
            body.onNext(List.of(ByteBuffer.wrap(piece.getBytes(StandardCharsets.US_ASCII))));
        }
    }
}
