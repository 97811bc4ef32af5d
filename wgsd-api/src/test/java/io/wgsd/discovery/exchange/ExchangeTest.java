package io.wgsd.discovery.exchange;

import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import io.wgsd.discovery.exchange.ScriptedServer.Heard;
import io.wgsd.discovery.exchange.ScriptedServer.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Questions over real sockets on loopback, to servers that behave in every way. */
class ExchangeTest extends ExchangeFixture {

    @Test
    void aQuestionIsAnswered() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void aNameInAnotherLetterCaseIsTheSameName() throws Exception {
        ScriptedServer server = start(
                heard -> good(heard).question(name("PEER.Example.COM."), Type.A).once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void aLostQuestionIsRepeatedUnderAnotherId() throws Exception {
        ScriptedServer server = start(new OnlyLater(2));
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
        Set<Integer> ids = new HashSet<>();
        server.heard().forEach(heard -> ids.add(heard.query().getHeader().getID()));
        assertThat(ids).hasSize(3);
    }

    @Test
    void aServerThatIsSilentToEdnsIsAskedWithoutIt() throws Exception {
        ScriptedServer server =
                start(heard -> heard.edns() ? List.of() : good(heard).once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void aServerThatRejectsEdnsIsAskedWithoutItAtOnce() throws Exception {
        ScriptedServer server = start(heard -> heard.edns()
                ? heard.response().rcode(Rcode.FORMERR).withoutQuestion().once()
                : good(heard).once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
        assertThat(server.heard()).hasSize(2);
    }

    @Test
    void anAnswerThatDoesNotFitIsHadByTcp() throws Exception {
        ScriptedServer server = start(heard ->
                heard.tcp() ? good(heard).once() : heard.response().truncated().once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void anAnswerOf64KibComesWholeByTcp() throws Exception {
        ScriptedServer server = start(heard -> {
            ScriptedResponse response = heard.response();
            IntStream.range(0, heard.tcp() ? 4000 : 0)
                    .forEach(i -> response.answer(address(NAME, "192.0." + i / 250 + "." + (1 + i % 250))));
            return (heard.tcp() ? response : response.truncated()).once();
        });
        assertThat(answer(exchange(server), LONG).message().getSection(Section.ANSWER))
                .hasSize(4000);
    }

    @Test
    void whereTcpClosesWithoutAnAnswerTheTruncatedOneIsTaken() throws Exception {
        ScriptedServer server = start(heard -> {
            if (heard.tcp()) {
                throw new java.net.SocketException("closing");
            }
            return good(heard).truncated().once();
        });
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void anAnswerToTheFirstQuestionCountsAfterTheSecondWasSent() throws Exception {
        List<byte[]> late = new ArrayList<>();
        ScriptedServer server = start(heard -> {
            late.add(good(heard).toWire());
            return late.size() < 2 ? List.of() : List.of(late.get(0));
        });
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void answersThatComeInAnotherOrderFindTheirQuestions() throws Exception {
        Map<Integer, byte[]> held = new ConcurrentHashMap<>();
        ScriptedServer server = start(heard -> {
            String host = heard.query().getQuestion().getName().getLabelString(0);
            held.put(
                    Integer.parseInt(host),
                    heard.response()
                            .answer(address(heard.query().getQuestion().getName(), "192.0.2." + host))
                            .toWire());
            return held.size() < 8
                    ? List.of()
                    : held.keySet().stream()
                            .sorted((a, b) -> b - a)
                            .map(held::get)
                            .toList();
        });
        Exchange exchange = exchange(server);
        List<CompletableFuture<Response>> answers = IntStream.range(0, 8)
                .mapToObj(i -> exchange.ask(request(new Question(name(i + ".example.com."), Type.A), LONG)))
                .toList();
        for (int i = 0; i < 8; i++) {
            assertThat(text(answers.get(i).get())).isEqualTo("192.0.2." + i);
        }
    }

    @Test
    void refusedIsReportedAtOnce() throws Exception {
        ScriptedServer server =
                start(heard -> heard.response().rcode(Rcode.REFUSED).once());
        assertThat(failure(exchange(server), LONG).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void whereOneServerIsSilentAnotherAnswersAndIsAskedFirstFromThenOn() throws Exception {
        ScriptedServer silent = start(heard -> List.of());
        ScriptedServer other = start(heard -> good(heard).once());
        Exchange exchange = exchange(silent, other);
        ask(exchange);
        int asked = silent.heard().size();
        ask(exchange);
        assertThat(silent.heard()).hasSize(asked);
    }

    @Test
    void silenceEndsWithTheTimeout() throws Exception {
        Exchange exchange = exchange(start(heard -> List.of()));
        long begun = System.nanoTime();
        assertThat(failure(exchange, SHORT).reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(SHORT, SHORT.plus(Duration.ofSeconds(10)));
    }

    @Test
    void manyQuestionsToASilentServerTakeOneTimeout() throws Exception {
        Exchange exchange = exchange(start(heard -> List.of()));
        long begun = System.nanoTime();
        List<CompletableFuture<Response>> answers = IntStream.range(0, 2000)
                .mapToObj(i -> exchange.ask(request(new Question(name(i + ".example.com."), Type.A), SHORT)))
                .toList();
        for (CompletableFuture<Response> answer : answers) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(ExchangeException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aPortWhereNothingListensIsReportedBeforeTheTimeout() throws Exception {
        ScriptedServer gone = start(heard -> List.of());
        Exchange exchange = exchange(gone);
        gone.close();
        ExchangeException failure = failure(exchange, LONG);
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("nothing listens there");
    }

    /** Stays silent a number of times. */
    private static final class OnlyLater implements Script {

        private int left;

        OnlyLater(int left) {
            this.left = left;
        }

        @Override
        public List<byte[]> answer(Heard heard) {
            return left-- > 0 ? List.of() : good(heard).once();
        }
    }
}
