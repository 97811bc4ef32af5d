package io.wgsd.portmap.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.model.TimeSource;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UdpExchangeTest {

    private static final Patience BRIEF = new Patience(Duration.ofMillis(40), 2, true);
    private static final Patience LONG = new Patience(Duration.ofSeconds(20), 1, true);
    private static final byte[] QUESTION = {1, 2};
    private static final byte[] ANSWER = {3, 4};

    @Test
    void anAnswerIsReturned() throws IOException {
        try (FakeRouter router = new FakeRouter(request -> List.of(ANSWER))) {
            assertThat(ask(router, LONG)).isEqualTo(ANSWER);
        }
    }

    @Test
    void aQuestionIsAskedAgainUntilThereIsAnAnswer() throws IOException, InterruptedException {
        try (FakeRouter router = new FakeRouter(request -> List.of())) {
            assertThatThrownBy(() -> ask(router, BRIEF))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessage("does not answer at 127.0.0.1:" + router.port());
            assertThat(router.request()).isEqualTo(QUESTION);
            assertThat(router.request()).isEqualTo(QUESTION);
        }
    }

    @Test
    void whatMakesNoSenseOrIsNoAnswerIsPassedOver() throws IOException {
        try (FakeRouter router =
                new FakeRouter(request -> List.of(new byte[0], new byte[] {9}, new byte[2000], ANSWER))) {
            assertThat(ask(router, LONG)).isEqualTo(ANSWER);
        }
    }

    @Test
    void aFloodOfWhatIsNoAnswerEndsTheQuestion() throws IOException {
        try (FakeRouter router = new FakeRouter(request -> Collections.nCopies(100, new byte[0]))) {
            assertThatThrownBy(() -> ask(router, LONG)).hasMessageContaining("none of it is an answer");
        }
    }

    @Test
    void whatComesFromAnotherAddressIsNotHeard() throws IOException, InterruptedException {
        try (FakeRouter router = new FakeRouter(request -> List.of(ANSWER))) {
            router.speakAsStranger();
            assertThatThrownBy(() -> ask(router, BRIEF)).hasMessageStartingWith("does not answer at ");
            assertThat(router.request()).isEqualTo(QUESTION);
        }
    }

    @Test
    void aPortWithNobodyBehindItIsSeenAtOnce() throws IOException {
        FakeRouter router = new FakeRouter(request -> List.of());
        router.close();

        assertThatThrownBy(() -> ask(router, LONG)).hasMessage("has nothing at 127.0.0.1:" + router.port());
    }

    @Test
    void aStopEndsTheQuestion() throws IOException {
        try (FakeRouter router = new FakeRouter(request -> List.of())) {
            assertThatThrownBy(() -> new UdpExchange(router.port(), TimeSource.system(), () -> true)
                            .ask(FakeRouter.GATEWAY, QUESTION, LONG, Optional::of))
                    .hasMessage("is not asked any more");
        }
    }

    private static byte[] ask(FakeRouter router, Patience patience) throws NoAnswerException {
        return new UdpExchange(router.port(), TimeSource.system(), () -> false)
                .ask(FakeRouter.GATEWAY, QUESTION, patience, datagram -> {
                    if (datagram.length != 2) {
                        throw new ProtocolException("two bytes are an answer");
                    }
                    return Optional.of(datagram);
                });
    }
}
