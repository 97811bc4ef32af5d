package io.wgsd.discovery;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.internal.exchange.Answer;
import io.wgsd.internal.exchange.Question;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Lists the peers of a zone and looks each of them up (RFC 6763, sections 4 and 5).
 *
 * <p>A registry lists only so many peers under one name, and the rest under subtypes by the first characters of their keys
 * (section 7.1); a list that long, or cut, is completed from there.
 */
final class Browser {

    /** Enough for half a million peers, and a bound on what a hostile registry can make of it. */
    private static final int MAX_PREFIX = 2;

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final Inquirer inquirer;

    Browser(Inquirer inquirer) {
        this.inquirer = inquirer;
    }

    /** A list, and whatever came with it; {@code complete} is false where there may be more peers. */
    record Listing(
            Set<PublicKey> keys, Map<Name, List<Record>> records, boolean complete, List<DiscoveryException> missing) {

        Listing with(Listing other) {
            Set<PublicKey> all = new TreeSet<>(keys);
            all.addAll(other.keys);
            Map<Name, List<Record>> known = new HashMap<>(records);
            known.putAll(other.records);
            List<DiscoveryException> failures = new ArrayList<>(missing);
            failures.addAll(other.missing);
            return new Listing(all, known, complete, failures);
        }

        static Listing failed(Throwable failure) {
            return new Listing(Set.of(), Map.of(), true, List.of(Failures.unwrapped(failure)));
        }
    }

    /** Lists the keys of the peers; fails where the list cannot be had, and not where only a part of it cannot. */
    CompletableFuture<Listing> list() {
        return list("");
    }

    /** Looks one of the listed peers up; empty where it went away meanwhile. */
    CompletableFuture<Optional<Advertisement>> lookUp(PublicKey key, Listing listing) {
        return PeerLookup.from(inquirer, evidence(key, listing));
    }

    private CompletableFuture<Listing> list(String prefix) {
        Name name = prefix.isEmpty()
                ? inquirer.names().services()
                : inquirer.names().subtype(prefix);
        Question question = new Question(name, Type.PTR);
        return inquirer.ask(question, reply -> false)
                .exceptionally(failure -> {
                    throw new CompletionException(Failures.of(failure, question));
                })
                .thenApply(this::read)
                .thenCompose(listing -> listing.complete() || prefix.length() == MAX_PREFIX
                        ? CompletableFuture.completedFuture(listing)
                        : deeper(prefix, listing));
    }

    private CompletableFuture<Listing> deeper(String prefix, Listing known) {
        CompletableFuture<Listing> all = CompletableFuture.completedFuture(known);
        for (int i = 0; i < BASE32.length(); i++) {
            all = all.thenCombine(list(prefix + BASE32.charAt(i)).exceptionally(Listing::failed), Listing::with);
        }
        return all;
    }

    private Listing read(Answer answer) {
        Map<Name, List<Record>> records = new HashMap<>();
        Set<PublicKey> keys = new TreeSet<>();
        int count = 0;
        for (Record record : answer.message().getSection(Section.ANSWER)) {
            if (record instanceof PTRRecord pointer) {
                count++;
                inquirer.names().key(pointer.getTarget()).ifPresent(keys::add);
            }
        }
        for (Record record : answer.message().getSection(Section.ADDITIONAL)) {
            records.computeIfAbsent(record.getName(), owner -> new ArrayList<>())
                    .add(record);
        }
        return new Listing(keys, records, count < inquirer.names().maxListed() && !answer.isTruncated(), List.of());
    }

    /** Gathers what came with the list about one peer, so that only the rest is asked for. */
    private Evidence evidence(PublicKey key, Listing listing) {
        List<Record> own = listing.records().getOrDefault(inquirer.names().instance(key), List.of());
        Stream<Record> ofTargets = own.stream()
                .flatMap(Browser::target)
                .flatMap(target -> listing.records().getOrDefault(target, List.of()).stream());
        return Evidence.none(inquirer.names(), key)
                .with(Stream.concat(own.stream(), ofTargets).toList());
    }

    private static Stream<Name> target(Record record) {
        if (record instanceof SRVRecord service) {
            return Stream.of(service.getTarget());
        }
        return record instanceof CNAMERecord alias ? Stream.of(alias.getTarget()) : Stream.empty();
    }
}
