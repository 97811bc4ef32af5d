package io.wgsd.discovery.exchange;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.xbill.DNS.Message;

/**
 * A question with what decides how it is asked.
 *
 * @param question what is asked
 * @param suffices whether a truncated response is good enough not to ask again over TCP
 * @param source from which of this host's addresses a server is asked; empty leaves it to the system
 * @param timeout how long to ask at most, from when the question is first sent
 * @param followUp whether it follows from a question that was answered and therefore goes before those that wait
 */
public record Request(
        Question question,
        Predicate<Message> suffices,
        Function<InetSocketAddress, Optional<InetAddress>> source,
        Duration timeout,
        boolean followUp) {}
