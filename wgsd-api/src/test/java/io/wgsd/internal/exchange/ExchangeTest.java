package io.wgsd.internal.exchange;

import static io.wgsd.internal.exchange.Reply.address;
import static io.wgsd.internal.exchange.Reply.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.internal.exchange.ExchangeException.Reason;
import io.wgsd.internal.exchange.ScriptedServer.Heard;
import io.wgsd.internal.exchange.ScriptedServer.Script;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Questions over real sockets on loopback, to servers that behave in every way. */
@Timeout(30)
class ExchangeTest {

    private static final Name NAME = name("peer.example.com.");
    private static final Question QUESTION = new Question(NAME, Type.A);
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

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
                ? heard.reply().rcode(Rcode.FORMERR).withoutQuestion().once()
                : good(heard).once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
        assertThat(server.heard()).hasSize(2);
    }

    @Test
    void anAnswerThatDoesNotFitIsHadByTcp() throws Exception {
        ScriptedServer server = start(heard ->
                heard.tcp() ? good(heard).once() : heard.reply().truncated().once());
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void anAnswerOf64KibComesWholeByTcp() throws Exception {
        ScriptedServer server = start(heard -> {
            Reply reply = heard.reply();
            IntStream.range(0, heard.tcp() ? 4000 : 0)
                    .forEach(i -> reply.answer(address(NAME, "192.0." + i / 250 + "." + (1 + i % 250))));
            return (heard.tcp() ? reply : reply.truncated()).once();
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
    void aTcpAnswerToAnotherQuestionIsNone() throws Exception {
        ScriptedServer server = start(heard -> heard.tcp()
                ? good(heard).id(heard.query().getHeader().getID() ^ 1).once()
                : heard.reply().truncated().once());
        assertThat(failure(exchange(server), SHORT).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void answersUnderAnotherIdOrToAnotherQuestionAreIgnored() throws Exception {
        ScriptedServer server = start(heard -> List.of(
                bad(heard).id(heard.query().getHeader().getID() ^ 1).toWire(),
                bad(heard).question(name("other.example.com."), Type.A).toWire(),
                bad(heard).question(NAME, Type.AAAA).toWire(),
                bad(heard).withoutQuestion().toWire(),
                bad(heard).notAResponse().toWire(),
                good(heard).toWire()));
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void nonsenseBeforeTheAnswerIsIgnored() throws Exception {
        ScriptedServer server = start(heard -> {
            byte[] wire = good(heard).toWire();
            return List.of(
                    new byte[0],
                    new byte[1],
                    java.util.Arrays.copyOf(wire, 11),
                    java.util.Arrays.copyOf(wire, wire.length - 1),
                    compressionLoop(wire),
                    wire);
        });
        assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
    }

    @Test
    void nothingButNonsenseIsMalformed() throws Exception {
        ScriptedServer server =
                start(heard -> List.of(compressionLoop(good(heard).toWire())));
        assertThat(failure(exchange(server), SHORT).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anAnswerFromAnotherAddressIsIgnored() throws Exception {
        try (DatagramSocket forger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ScriptedServer server = start(heard -> {
                byte[] forged = bad(heard).toWire();
                forger.send(new DatagramPacket(forged, forged.length, heard.from()));
                return good(heard).once();
            });
            assertThat(ask(exchange(server))).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void anAnswerThatComesTwiceIsOneAnswer() throws Exception {
        ScriptedServer server =
                start(heard -> List.of(good(heard).toWire(), good(heard).toWire()));
        Exchange exchange = exchange(server);
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
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
                    heard.reply()
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
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 8)
                .mapToObj(i -> exchange.ask(request(new Question(name(i + ".example.com."), Type.A), LONG)))
                .toList();
        for (int i = 0; i < 8; i++) {
            assertThat(text(answers.get(i).get())).isEqualTo("192.0.2." + i);
        }
    }

    @Test
    void refusedIsToldAtOnce() throws Exception {
        ScriptedServer server =
                start(heard -> heard.reply().rcode(Rcode.REFUSED).once());
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
        List<CompletableFuture<Answer>> answers = IntStream.range(0, 2000)
                .mapToObj(i -> exchange.ask(request(new Question(name(i + ".example.com."), Type.A), SHORT)))
                .toList();
        for (CompletableFuture<Answer> answer : answers) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(ExchangeException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aPortWhereNothingListensIsToldBeforeTheTimeout() throws Exception {
        ScriptedServer gone = start(heard -> List.of());
        Exchange exchange = exchange(gone);
        gone.close();
        ExchangeException failure = failure(exchange, LONG);
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("nothing listens there");
    }

    @Test
    void aSourceAddressIsAskedFrom() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        InetAddress source = InetAddress.getByName("127.0.0.2");
        Request request = new Request(QUESTION, reply -> false, any -> Optional.of(source), LONG, false);
        exchange(server).ask(request).get();
        assertThat(server.heard().get(0).from().getAddress()).isEqualTo(source);
    }

    @Test
    void aSourceAddressThatTheHostDoesNotHaveIsToldAsSuch() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        InetAddress foreign = InetAddress.getByName("192.0.2.200");
        Request request = new Request(QUESTION, reply -> false, any -> Optional.of(foreign), LONG, false);
        CompletableFuture<Answer> answer = exchange(server).ask(request);
        assertThatThrownBy(answer::get)
                .cause()
                .isInstanceOfSatisfying(
                        ExchangeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void eachBurstOfQuestionsHasAnotherPort() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        Exchange exchange = exchange(server);
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            ask(exchange);
        }
        server.heard().forEach(heard -> ports.add(heard.from().getPort()));
        assertThat(ports).hasSizeGreaterThan(1);
    }

    @Test
    void noThreadIsMadeBeforeTheFirstQuestionAndOneForAll() throws Exception {
        List<Thread> made = new ArrayList<>();
        ScriptedServer server = start(heard -> good(heard).once());
        Exchange exchange = keep(new Exchange(new Settings(List.of(server.address()), 3, 256, task -> {
            made.add(new Thread(task));
            return made.get(0);
        })));
        assertThat(made).isEmpty();
        ask(exchange);
        ask(exchange);
        assertThat(made).hasSize(1);
    }

    @Test
    void closingEndsQuestionsAndTheThread() throws Exception {
        List<Thread> made = new ArrayList<>();
        Exchange exchange =
                new Exchange(new Settings(List.of(start(heard -> List.of()).address()), 3, 256, task -> {
                    made.add(new Thread(task));
                    return made.get(0);
                }));
        CompletableFuture<Answer> answer = exchange.ask(request(QUESTION, LONG));
        exchange.close();
        exchange.close();
        assertThatThrownBy(() -> answer.get(1, TimeUnit.MILLISECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        ExchangeException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        assertThat(made.get(0).isAlive()).isFalse();
        assertThat(exchange.ask(request(QUESTION, LONG))).isCompletedExceptionally();
    }

    @Test
    void aFaultEndsTheQuestionsOnTheirWayAndNoLaterOnes() throws Exception {
        Exchange exchange = exchange(start(heard -> good(heard).once()));
        Request faulty = new Request(
                QUESTION,
                reply -> false,
                server -> {
                    throw new IllegalStateException("a fault");
                },
                LONG,
                false);
        CompletableFuture<Answer> broken = exchange.ask(faulty);
        assertThatThrownBy(broken::get).hasMessageContaining("a fault");
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
    }

    @Test
    void aClientThatIsNeverAskedCanBeClosed() {
        new Exchange(new Settings(List.of(new InetSocketAddress("192.0.2.1", 53)), 3, 256, Thread::new)).close();
    }

    @Test
    void anyBytesAreAReplyOrAnIOException() throws Exception {
        Random random = new Random(20260101);
        byte[] good = Reply.to(Message.newQuery(org.xbill.DNS.Record.newRecord(NAME, Type.A, 1)))
                .id(7)
                .answer(address(NAME, "192.0.2.1"), Reply.srv(NAME, 1, NAME), Reply.txt(NAME, "a", "b"))
                .toWire();
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt();
            }
            try {
                QUESTION.parseReply(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)), 7);
                parsed++;
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(parsed).isPositive();
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

    private static Reply good(Heard heard) {
        return heard.reply().answer(address(heard.query().getQuestion().getName(), "192.0.2.1"));
    }

    private static Reply bad(Heard heard) {
        return heard.reply().answer(address(NAME, "192.0.2.66"));
    }

    /** Makes the answer's owner a pointer to itself. */
    private static byte[] compressionLoop(byte[] wire) {
        byte[] loop = wire.clone();
        int owner = 12 + NAME.length() + 4;
        loop[owner] = (byte) 0xc0;
        loop[owner + 1] = (byte) owner;
        return loop;
    }

    private String ask(Exchange exchange) throws Exception {
        return text(answer(exchange, Duration.ofSeconds(5)));
    }

    private static Answer answer(Exchange exchange, Duration timeout) throws Exception {
        return exchange.ask(request(QUESTION, timeout)).get();
    }

    private static String text(Answer answer) {
        return answer.message().getSection(Section.ANSWER).get(0).rdataToString();
    }

    private static ExchangeException failure(Exchange exchange, Duration timeout) throws InterruptedException {
        try {
            exchange.ask(request(QUESTION, timeout)).get();
        } catch (ExecutionException e) {
            return (ExchangeException) e.getCause();
        }
        throw new AssertionError("there was an answer");
    }

    private static Request request(Question question, Duration timeout) {
        return new Request(question, reply -> false, server -> Optional.empty(), timeout, false);
    }

    private ScriptedServer start(Script script) throws IOException {
        return keep(ScriptedServer.start(script));
    }

    private Exchange exchange(ScriptedServer... servers) {
        List<InetSocketAddress> addresses =
                java.util.Arrays.stream(servers).map(ScriptedServer::address).toList();
        return keep(new Exchange(new Settings(addresses, 3, 256, task -> {
            Thread thread = new Thread(task, "exchange");
            thread.setDaemon(true);
            return thread;
        })));
    }

    private <T extends AutoCloseable> T keep(T each) {
        closing.add(each);
        return each;
    }
}
