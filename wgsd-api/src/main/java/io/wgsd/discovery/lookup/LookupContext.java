package io.wgsd.discovery.lookup;

import io.wgsd.discovery.exchange.Asker;
import io.wgsd.discovery.exchange.Question;
import io.wgsd.discovery.exchange.Request;
import io.wgsd.discovery.exchange.Response;
import io.wgsd.dnssd.DnsSdNames;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.xbill.DNS.Message;

/**
 * How a look-up asks: by whom, in which zone, from where and for how long.
 *
 * @param asker gets the responses
 * @param names the zone's names
 * @param source from which of this host's addresses a server is asked
 * @param timeout how long one peer, or one list, may take
 */
public record LookupContext(
        Asker asker, DnsSdNames names, Function<InetSocketAddress, Optional<InetAddress>> source, Duration timeout) {

    private static final Duration LEAST = Duration.ofMillis(1);

    /** Returns the same with another asker. */
    LookupContext with(Asker other) {
        return new LookupContext(other, names, source, timeout);
    }

    /** Asks a question on its own. */
    CompletableFuture<Response> ask(Question question, Predicate<Message> suffices) {
        return asker.ask(new Request(question, suffices, source, timeout, false));
    }

    /** Asks what an earlier answer left open, in the time that is left. */
    CompletableFuture<Response> followUp(Question question, Duration elapsed) {
        Duration left = timeout.minus(elapsed);
        return asker.ask(
                new Request(question, response -> false, source, left.compareTo(LEAST) < 0 ? LEAST : left, true));
    }
}
