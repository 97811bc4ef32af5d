package io.wgsd.discovery.lookup;

import io.wgsd.discovery.exchange.Question;
import io.wgsd.discovery.exchange.Response;
import io.wgsd.model.Endpoint;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Asks for what a peer has registered of itself: one TXT with an endpoint in each string. */
final class CandidateLookup {

    /** As many as may be registered. */
    private static final int MOST = 8;

    private CandidateLookup() {}

    /** Returns the endpoints, best first; none where nothing is registered. */
    static CompletableFuture<List<Endpoint>> of(LookupContext context, PublicKey key) {
        Name name = context.names().candidates(key);
        return context.ask(new Question(name, Type.TXT), response -> true).thenApply(response -> read(response, name));
    }

    private static List<Endpoint> read(Response response, Name name) {
        return response.message().getSection(Section.ANSWER).stream()
                .filter(record ->
                        record instanceof TXTRecord && record.getName().equals(name))
                .findFirst()
                .map(record -> ((TXTRecord) record).getStrings())
                .map(strings -> strings.stream().flatMap(CandidateLookup::endpoint))
                .orElseGet(Stream::empty)
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** What cannot be read does not spoil the others: later versions may register something else. */
    private static Stream<Endpoint> endpoint(String text) {
        try {
            return Stream.of(Endpoint.parse(text))
                    .filter(endpoint -> endpoint.scope().equals(Optional.empty()));
        } catch (FormatException e) {
            return Stream.empty();
        }
    }
}
