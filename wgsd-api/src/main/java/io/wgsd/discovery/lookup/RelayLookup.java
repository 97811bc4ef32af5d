package io.wgsd.discovery.lookup;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.exchange.Question;
import io.wgsd.discovery.exchange.Response;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.dnssd.RelayAdvertisement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Asks for a zone's relays until nothing is missing: the list, then the SRVs and the addresses that did not come with
 * it. A TXT is read where it comes with them; it says nothing that the relay's name does not.
 */
final class RelayLookup {

    /** A zone has one or two relays; a hostile list may be long. */
    private static final int MAX_LISTED = 16;

    private static final int MAX_RECORDS = 1024;

    private final LookupContext context;
    private final DnsSdNames names;
    private final Set<Name> listed = new LinkedHashSet<>();
    private final List<Record> records = new ArrayList<>();
    private final Set<Question> asked = new HashSet<>();
    private @Nullable DiscoveryException missing;

    private RelayLookup(LookupContext context) {
        this.context = context;
        names = context.names();
    }

    /** Returns the relays in the order of their keys; fails if there is no list, or not one of them can be had. */
    static CompletableFuture<List<RelayAdvertisement>> all(LookupContext context) {
        RelayLookup lookup = new RelayLookup(context);
        Question list = new Question(context.names().relays(), Type.PTR);
        return context.ask(list, response -> false)
                .handle((response, failure) -> new Heard(list, response, failure))
                .thenCompose(lookup::begun);
    }

    private record Heard(
            Question question,
            @Nullable Response response,
            @Nullable Throwable failure) {}

    private CompletableFuture<List<RelayAdvertisement>> begun(Heard list) {
        Response response = list.response();
        if (response == null) {
            return CompletableFuture.failedFuture(LookupErrors.of(failure(list), list.question()));
        }
        for (Record record : response.message().getSection(Section.ANSWER)) {
            if (record instanceof PTRRecord pointer && listed.size() < MAX_LISTED) {
                names.relayKey(pointer.getTarget()).map(names::relay).ifPresent(listed::add);
            }
        }
        add(response);
        return round(response.took());
    }

    private CompletableFuture<List<RelayAdvertisement>> round(Duration elapsed) {
        Set<Question> questions = gaps();
        questions.removeAll(asked);
        if (questions.isEmpty()) {
            return finish();
        }
        asked.addAll(questions);
        List<CompletableFuture<Heard>> hearings = new ArrayList<>();
        for (Question question : questions) {
            hearings.add(context.followUp(question, elapsed)
                    .handle((response, failure) -> new Heard(question, response, failure)));
        }
        return CompletableFuture.allOf(hearings.toArray(CompletableFuture<?>[]::new))
                .thenCompose(done -> next(hearings, elapsed));
    }

    private CompletableFuture<List<RelayAdvertisement>> next(List<CompletableFuture<Heard>> hearings, Duration before) {
        Duration took = Duration.ZERO;
        for (CompletableFuture<Heard> hearing : hearings) {
            Heard heard = hearing.join();
            Response response = heard.response();
            if (response == null) {
                missing = LookupErrors.of(failure(heard), heard.question());
            } else {
                add(response);
                took = took.compareTo(response.took()) < 0 ? response.took() : took;
            }
        }
        return round(before.plus(took));
    }

    /** Returns what to ask next: an SRV where there is none, and both families where a target has no address. */
    private Set<Question> gaps() {
        Set<Question> gaps = new LinkedHashSet<>();
        for (Name instance : listed) {
            Optional<Name> target = records.stream()
                    .filter(record ->
                            record instanceof SRVRecord && record.getName().equals(instance))
                    .map(record -> ((SRVRecord) record).getTarget())
                    .findFirst();
            if (target.isEmpty()) {
                gaps.add(new Question(instance, Type.SRV));
            } else if (!hasAddress(target.get()) && !target.get().equals(Name.root)) {
                gaps.add(new Question(target.get(), Type.A));
                gaps.add(new Question(target.get(), Type.AAAA));
            }
        }
        return gaps;
    }

    private boolean hasAddress(Name host) {
        return records.stream()
                .anyMatch(record -> (record instanceof ARecord || record instanceof AAAARecord)
                        && record.getName().equals(host));
    }

    private void add(Response response) {
        for (int section : new int[] {Section.ANSWER, Section.ADDITIONAL}) {
            for (Record record : response.message().getSection(section)) {
                boolean ofRelay = listed.contains(record.getName())
                        && (record instanceof SRVRecord || record instanceof TXTRecord);
                if (records.size() < MAX_RECORDS
                        && (ofRelay || record instanceof ARecord || record instanceof AAAARecord)) {
                    records.add(record);
                }
            }
        }
    }

    private CompletableFuture<List<RelayAdvertisement>> finish() {
        List<RelayAdvertisement> relays = RelayAdvertisement.parse(names, records);
        return relays.isEmpty() && missing != null
                ? CompletableFuture.failedFuture(missing)
                : CompletableFuture.completedFuture(relays);
    }

    private static Throwable failure(Heard heard) {
        return heard.failure() == null
                ? new IllegalStateException("neither a response nor a failure")
                : heard.failure();
    }
}
