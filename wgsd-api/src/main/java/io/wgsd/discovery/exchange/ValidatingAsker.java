package io.wgsd.discovery.exchange;

import io.wgsd.discovery.exchange.ExchangeException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * Lets only answers through whose signatures lead to a pinned key, the absence of records included (RFC 4035, section
 * 5).
 *
 * <p>It removes additional records, since no signature covers them; they are then asked for. It validates each answer
 * by itself and asks for the zone's keys each time, so that it remembers nothing. Thread-safe.
 */
public final class ValidatingAsker implements Asker {

    private final Asker asker;
    private final InetSocketAddress server;
    private final byte[] anchors;
    private final Clock clock;

    /**
     * Makes an asker.
     *
     * @param asker gets the responses
     * @param server what to name in errors
     * @param pinned DS or DNSKEY records of the zone
     * @param clock by which signatures are valid
     */
    public ValidatingAsker(Asker asker, InetSocketAddress server, Collection<Record> pinned, Clock clock) {
        this.asker = asker;
        this.server = server;
        this.clock = clock;
        anchors = pinned.stream()
                .map(Record::toString)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public CompletableFuture<Response> ask(Request request) {
        Request signed = new Request(
                request.question().withSignatures(),
                truncated -> false,
                request.source(),
                request.timeout(),
                request.followUp());
        Queue<CompletableFuture<Response>> asked = new ConcurrentLinkedQueue<>();
        CompletableFuture<Response> first = asker.ask(signed);
        asked.add(first);
        CompletableFuture<Response> validated = first.thenCompose(response -> validate(signed, response, asked));
        // Cancels the questions, since a future does not cancel those that it was made of.
        CompletableFuture<?> unused =
                validated.whenComplete((response, failure) -> asked.forEach(question -> question.cancel(false)));
        return validated;
    }

    private CompletableFuture<Response> validate(
            Request request, Response response, Queue<CompletableFuture<Response>> asked) {
        ValidatingResolver resolver = new ValidatingResolver(new Source(request, response.message(), asked), clock);
        try {
            resolver.loadTrustAnchors(new ByteArrayInputStream(anchors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Message query = Message.newQuery(
                Record.newRecord(request.question().name(), request.question().type(), DClass.IN));
        return resolver.sendAsync(query, Runnable::run)
                .thenApply(validated -> checked(validated, response))
                .toCompletableFuture();
    }

    private Response checked(Message validated, Response response) {
        if (validated.getRcode() == Rcode.SERVFAIL || !validated.getHeader().getFlag(Flags.AD)) {
            throw new CompletionException(new ExchangeException(Reason.NOT_SIGNED, server, reason(validated)));
        }
        Message kept = response.message().clone();
        OPTRecord opt = kept.getOPT();
        kept.removeAllRecords(Section.ADDITIONAL);
        if (opt != null) {
            kept.addRecord(opt, Section.ADDITIONAL);
        }
        return new Response(kept, response.took());
    }

    private static String reason(Message validated) {
        OPTRecord opt = validated.getOPT();
        return opt == null
                ? "it has no signatures that lead to that key"
                : opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
                        .map(option -> ((ExtendedErrorCodeOption) option).getText())
                        .filter(text -> text != null && !text.isBlank())
                        .findFirst()
                        .orElse("it has no signatures that lead to that key");
    }

    /** Returns the answer that is validated, and asks for what else is needed. */
    private final class Source implements Resolver {

        private final Request request;
        private final Message response;
        private final Queue<CompletableFuture<Response>> asked;

        Source(Request request, Message response, Queue<CompletableFuture<Response>> asked) {
            this.request = request;
            this.response = response;
            this.asked = asked;
        }

        @Override
        public CompletionStage<Message> sendAsync(Message query, Executor executor) {
            Record wanted = query.getQuestion();
            Question question = request.question();
            if (wanted.getName().equals(question.name()) && wanted.getType() == question.type()) {
                return CompletableFuture.completedFuture(response.clone());
            }
            Question more = new Question(wanted.getName(), wanted.getType(), true);
            CompletableFuture<Response> heard =
                    asker.ask(new Request(more, truncated -> false, request.source(), request.timeout(), true));
            asked.add(heard);
            return heard.thenApply(Response::message);
        }

        // The asker decides how questions are asked; the validator calls some of these setters all the same.

        @Override
        public void setPort(int port) {}

        @Override
        public void setTCP(boolean flag) {}

        @Override
        public void setIgnoreTruncation(boolean flag) {}

        @Override
        public void setEDNS(int version, int payloadSize, int flags, @Nullable List<EDNSOption> options) {}

        @Override
        public void setTSIGKey(@Nullable TSIG key) {}

        @Override
        public void setTimeout(Duration timeout) {}

        @Override
        public Duration getTimeout() {
            return request.timeout();
        }
    }
}
