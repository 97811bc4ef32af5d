package io.wgsd.discovery.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Threads, sockets and addresses: when they are made, and how they end. */
class ExchangeLifeTest extends ExchangeFixture {

    @Test
    void aSourceAddressIsAskedFrom() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        InetAddress source = InetAddress.getByName("127.0.0.2");
        Request request = new Request(QUESTION, response -> false, any -> Optional.of(source), LONG, false);
        exchange(server).ask(request).get();
        assertThat(server.heard().get(0).from().getAddress()).isEqualTo(source);
    }

    @Test
    void aSourceAddressThatTheHostDoesNotHaveIsReported() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        InetAddress foreign = InetAddress.getByName("192.0.2.200");
        Request request = new Request(QUESTION, response -> false, any -> Optional.of(foreign), LONG, false);
        CompletableFuture<Response> answer = exchange(server).ask(request);
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
    void aThreadThatCannotBeStartedLeavesNobodyWaitingAndIsTriedAgain() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        AtomicInteger asked = new AtomicInteger();
        Exchange exchange = keep(new Exchange(new Settings(
                List.of(server.address()),
                3,
                256,
                task -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IllegalStateException("no thread, as if");
                    }
                    return new Thread(task);
                },
                ANY_ZONE)));
        assertThatThrownBy(() -> exchange.ask(request(QUESTION, LONG))).isInstanceOf(IllegalStateException.class);
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
    }

    @Test
    void theThreadFactoryMayUseTheExchange() throws Exception {
        ScriptedServer server = start(heard -> good(heard).once());
        CompletableFuture<Exchange> itself = new CompletableFuture<>();
        Exchange exchange = keep(new Exchange(new Settings(
                List.of(server.address()),
                3,
                256,
                task -> {
                    Thread other = new Thread(() -> itself.join().ask(request(QUESTION, LONG)));
                    other.start();
                    try {
                        other.join();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return new Thread(task);
                },
                ANY_ZONE)));
        itself.complete(exchange);
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
    }

    @Test
    void noThreadIsMadeBeforeTheFirstQuestionAndOneForAll() throws Exception {
        List<Thread> made = new ArrayList<>();
        ScriptedServer server = start(heard -> good(heard).once());
        Exchange exchange = keep(new Exchange(new Settings(
                List.of(server.address()),
                3,
                256,
                task -> {
                    made.add(new Thread(task));
                    return made.get(0);
                },
                ANY_ZONE)));
        assertThat(made).isEmpty();
        ask(exchange);
        ask(exchange);
        assertThat(made).hasSize(1);
    }

    @Test
    void closingEndsQuestionsAndTheThread() throws Exception {
        List<Thread> made = new ArrayList<>();
        Exchange exchange = new Exchange(new Settings(
                List.of(start(heard -> List.of()).address()),
                3,
                256,
                task -> {
                    made.add(new Thread(task));
                    return made.get(0);
                },
                ANY_ZONE));
        CompletableFuture<Response> answer = exchange.ask(request(QUESTION, LONG));
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
                response -> false,
                server -> {
                    throw new IllegalStateException("a fault");
                },
                LONG,
                false);
        CompletableFuture<Response> broken = exchange.ask(faulty);
        assertThatThrownBy(broken::get).hasMessageContaining("a fault");
        assertThat(ask(exchange)).isEqualTo("192.0.2.1");
    }

    @Test
    void aClientThatIsNeverAskedCanBeClosed() {
        new Exchange(new Settings(List.of(new InetSocketAddress("192.0.2.1", 53)), 3, 256, Thread::new, ANY_ZONE))
                .close();
    }
}
