package io.wgsd.discovery.exchange;

import static io.wgsd.discovery.exchange.ScriptedResponse.address;
import static io.wgsd.discovery.exchange.ScriptedResponse.name;

import io.wgsd.discovery.exchange.ScriptedServer.Heard;
import io.wgsd.discovery.exchange.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Servers and exchanges on loopback that end with the test. */
@Timeout(30)
abstract class ExchangeFixture {

    static final Name NAME = name("peer.example.com.");
    /** None of the names that are asked for is in it, so that any denial will do. */
    static final Name ANY_ZONE = ScriptedResponse.name("elsewhere.example.");

    static final Question QUESTION = new Question(NAME, Type.A);
    static final Duration SHORT = Duration.ofMillis(700);
    static final Duration LONG = Duration.ofSeconds(20);

    private final List<AutoCloseable> closing = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    static ScriptedResponse good(Heard heard) {
        return heard.response().answer(address(heard.query().getQuestion().getName(), "192.0.2.1"));
    }

    final String ask(Exchange exchange) throws Exception {
        return text(answer(exchange, Duration.ofSeconds(5)));
    }

    static Response answer(Exchange exchange, Duration timeout) throws Exception {
        return exchange.ask(request(QUESTION, timeout)).get();
    }

    static String text(Response answer) {
        return answer.message().getSection(Section.ANSWER).get(0).rdataToString();
    }

    static ExchangeException failure(Exchange exchange, Duration timeout) throws InterruptedException {
        try {
            exchange.ask(request(QUESTION, timeout)).get();
        } catch (ExecutionException e) {
            return (ExchangeException) e.getCause();
        }
        throw new AssertionError("there was an answer");
    }

    static Request request(Question question, Duration timeout) {
        return new Request(question, response -> false, server -> Optional.empty(), timeout, false);
    }

    final ScriptedServer start(Script script) throws IOException {
        return keep(ScriptedServer.start(script));
    }

    final Exchange exchange(ScriptedServer... servers) {
        List<InetSocketAddress> addresses =
                java.util.Arrays.stream(servers).map(ScriptedServer::address).toList();
        return keep(new Exchange(new Settings(
                addresses,
                3,
                256,
                task -> {
                    Thread thread = new Thread(task, "exchange");
                    thread.setDaemon(true);
                    return thread;
                },
                ANY_ZONE)));
    }

    final <T extends AutoCloseable> T keep(T each) {
        closing.add(each);
        return each;
    }
}
