package io.wgsd.discovery.lookup;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.exchange.Question;
import io.wgsd.discovery.exchange.Response;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/**
 * Asks for one peer until nothing is missing: its SRV, then side by side the addresses and the TXT that did not come
 * with it, since a client must not depend on additional records (RFC 6763, section 12).
 */
public final class ServiceLookup {

    /** SRV and TXT, addresses of four targets, and some aliases on the way. */
    private static final int MAX_QUESTIONS = 16;

    private final LookupContext context;
    private final boolean wantsText;

    private ServiceLookup(LookupContext context, boolean wantsText) {
        this.context = context;
        this.wantsText = wantsText;
    }

    /** What was asked and learnt so far; {@code missing} is why an address is not known. */
    private record State(
            KnownRecords known,
            Set<Question> asked,
            Duration elapsed,
            boolean truncated,
            @Nullable DiscoveryException missing) {}

    private record Heard(
            Question question,
            @Nullable Response response,
            @Nullable Throwable failure) {}

    /** Finds a peer with all that the registry says about it. */
    static CompletableFuture<Optional<Advertisement>> all(LookupContext context, PublicKey key) {
        return from(context, KnownRecords.none(context.names(), key));
    }

    /** Finds a peer of which something is known already. */
    static CompletableFuture<Optional<Advertisement>> from(LookupContext context, KnownRecords known) {
        return new ServiceLookup(context, true).round(begin(known));
    }

    /** Finds where a peer is, without asking for what else the registry says about it. */
    static CompletableFuture<Optional<Advertisement>> endpoints(LookupContext context, PublicKey key) {
        ServiceLookup lookup = new ServiceLookup(context, false);
        State state = begin(KnownRecords.none(context.names(), key));
        Question question = state.known().service();
        return lookup.hear(question, state).thenCompose(heard -> {
            Response response = heard.response();
            Advertisement located = response == null ? null : UsualResponse.by(response, key);
            return located == null
                    ? lookup.next(state, List.of(CompletableFuture.completedFuture(heard)))
                    : CompletableFuture.completedFuture(Optional.of(located));
        });
    }

    private static State begin(KnownRecords known) {
        return new State(known, Set.of(), Duration.ZERO, false, null);
    }

    private CompletableFuture<Optional<Advertisement>> round(State state) {
        Set<Question> questions;
        try {
            // What was cut off even over TCP is not asked for again: the original registry does not answer for a long
            // TXT.
            questions = new HashSet<>(state.known().gaps(wantsText && !state.truncated()));
            questions.removeAll(state.asked());
            if (questions.isEmpty()) {
                return finish(state);
            }
            if (state.asked().size() + questions.size() > MAX_QUESTIONS) {
                return state.known().read().advertisement().endpoints().isEmpty()
                        ? CompletableFuture.failedFuture(
                                LookupErrors.endless(state.known().service()))
                        : finish(state);
            }
        } catch (FormatException e) {
            return CompletableFuture.failedFuture(LookupErrors.malformed(e));
        }
        List<CompletableFuture<Heard>> hearings = new ArrayList<>();
        questions.forEach(question -> hearings.add(hear(question, state)));
        CompletableFuture<?> all = hearings.size() == 1
                ? hearings.get(0)
                : CompletableFuture.allOf(hearings.toArray(CompletableFuture<?>[]::new));
        return all.thenCompose(done -> next(state, hearings));
    }

    private CompletableFuture<Heard> hear(Question question, State state) {
        CompletableFuture<Response> response = state.asked().isEmpty()
                ? context.ask(question, cut -> suffices(state.known(), cut))
                : context.followUp(question, state.elapsed());
        return response.handle((heard, failure) -> new Heard(question, heard, failure));
    }

    private CompletableFuture<Optional<Advertisement>> next(State state, List<CompletableFuture<Heard>> hearings) {
        KnownRecords known = state.known();
        Set<Question> asked = new HashSet<>(state.asked());
        Duration took = Duration.ZERO;
        boolean truncated = state.truncated();
        DiscoveryException missing = state.missing();
        for (CompletableFuture<Heard> hearing : hearings) {
            Heard heard = hearing.join();
            asked.add(heard.question());
            Response response = heard.response();
            if (response != null) {
                known = known.with(response.message());
                truncated |= response.isTruncated();
                took = took.compareTo(response.took()) < 0 ? response.took() : took;
            } else if (heard.failure() != null && heard.question().type() != Type.TXT) {
                missing = LookupErrors.of(heard.failure(), heard.question());
            }
        }
        State next = new State(known, asked, state.elapsed().plus(took), truncated, missing);
        return round(next);
    }

    private static CompletableFuture<Optional<Advertisement>> finish(State state) {
        Advertisement found = state.known().read().advertisement();
        if (!found.endpoints().isEmpty()) {
            return CompletableFuture.completedFuture(Optional.of(found));
        }
        return state.missing() == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : CompletableFuture.failedFuture(state.missing());
    }

    /**
     * Where only the endpoint is wanted, a cut response that has it is enough: the original registry cuts off the TXT.
     */
    private boolean suffices(KnownRecords known, Message truncated) {
        try {
            return !wantsText && known.with(truncated).hasEndpoint();
        } catch (FormatException e) {
            return false;
        }
    }
}
