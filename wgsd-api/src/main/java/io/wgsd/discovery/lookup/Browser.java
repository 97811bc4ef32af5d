package io.wgsd.discovery.lookup;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.exchange.Question;
import io.wgsd.discovery.exchange.Response;
import io.wgsd.dnssd.Advertisement;
import io.wgsd.internal.Base32Keys;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Lists the peers of a zone and looks each of them up (RFC 6763, sections 4 and 5).
 *
 * <p>A registry lists only so many peers under one name, and the rest under subtypes by the first characters of their
 * keys (section 7.1). Only the registry knows how many, so it is asked whether there are subtypes. If so, a list that
 * is as long as the first one, or cut, is completed from the lists below it.
 */
final class Browser {

    private static final int MAX_PREFIX = 3;
    /** Enough for half a million peers, and a bound on what a hostile registry can cause. */
    private static final int MAX_LISTS = 8192;

    private static final String BASE32 = Base32Keys.ALPHABET;

    private final LookupContext context;
    private final AtomicInteger lists = new AtomicInteger();

    Browser(LookupContext context) {
        this.context = context;
    }

    /** A list of some length, and the records that came with it; {@code cut} if it says itself that there is more. */
    record Listing(
            Set<PublicKey> keys,
            Map<Name, List<Record>> records,
            int length,
            boolean cut,
            List<DiscoveryException> missing) {

        Listing with(Listing other) {
            Set<PublicKey> all = new TreeSet<>(keys);
            all.addAll(other.keys);
            Map<Name, List<Record>> known = new HashMap<>(records);
            known.putAll(other.records);
            List<DiscoveryException> failures = new ArrayList<>(missing);
            failures.addAll(other.missing);
            return new Listing(all, known, length, cut, failures);
        }

        Listing missing(List<DiscoveryException> failures) {
            return new Listing(keys, records, length, cut, failures);
        }

        static Listing failed(Throwable failure) {
            return new Listing(Set.of(), Map.of(), 0, false, List.of(LookupErrors.unwrapped(failure)));
        }
    }

    /** Lists the keys of the peers; fails if the list cannot be had, but not if only a part of it cannot. */
    CompletableFuture<Listing> list() {
        CompletableFuture<Subtypes> below = subtypes();
        return list(context.names().services())
                .thenCompose(first -> below.thenCompose(lists -> completed(first, lists)));
    }

    /** Whether there are lists of subtypes; {@code unknown} says why that is not known. */
    private record Subtypes(boolean exist, List<DiscoveryException> unknown) {}

    private CompletableFuture<Subtypes> subtypes() {
        Question question = new Question(new Name(context.names().subtype("a"), 1), Type.PTR);
        return context.ask(question, response -> false)
                .handle((response, failure) -> failure == null
                        // Nothing exists below a name that does not exist (RFC 8020).
                        ? new Subtypes(response.message().getRcode() != Rcode.NXDOMAIN, List.of())
                        : new Subtypes(false, List.of(LookupErrors.unwrapped(LookupErrors.of(failure, question)))));
    }

    private CompletableFuture<Listing> completed(Listing first, Subtypes below) {
        return below.exist() || first.cut()
                ? deeper("", first, Math.max(1, first.length()))
                : CompletableFuture.completedFuture(first.missing(below.unknown()));
    }

    /** Looks up one of the listed peers; empty if it went away meanwhile. */
    CompletableFuture<Optional<Advertisement>> lookUp(PublicKey key, Listing listing) {
        return ServiceLookup.from(context, known(key, listing));
    }

    private CompletableFuture<Listing> list(Name name) {
        Question question = new Question(name, Type.PTR);
        return context.ask(question, response -> false)
                .exceptionally(failure -> {
                    throw new CompletionException(LookupErrors.of(failure, question));
                })
                .thenApply(this::read);
    }

    private CompletableFuture<Listing> deeper(String prefix, Listing known, int limit) {
        CompletableFuture<Listing> all = CompletableFuture.completedFuture(known);
        for (int i = 0; i < BASE32.length(); i++) {
            all = all.thenCombine(
                    shard(prefix + BASE32.charAt(i), limit).exceptionally(Listing::failed), Listing::with);
        }
        return all;
    }

    private CompletableFuture<Listing> shard(String prefix, int limit) {
        Name name = context.names().subtype(prefix);
        return list(name).thenCompose(listing -> {
            boolean complete = !listing.cut()
                    && listing.length() < Math.min(limit, context.names().maxListed(name));
            return complete || prefix.length() == MAX_PREFIX || lists.addAndGet(BASE32.length()) > MAX_LISTS
                    ? CompletableFuture.completedFuture(listing)
                    : deeper(prefix, listing, limit);
        });
    }

    private Listing read(Response response) {
        Map<Name, List<Record>> records = new HashMap<>();
        Set<PublicKey> keys = new TreeSet<>();
        int count = 0;
        for (Record record : response.message().getSection(Section.ANSWER)) {
            if (record instanceof PTRRecord pointer) {
                count++;
                context.names().key(pointer.getTarget()).ifPresent(keys::add);
            }
        }
        for (Record record : response.message().getSection(Section.ADDITIONAL)) {
            records.computeIfAbsent(record.getName(), owner -> new ArrayList<>())
                    .add(record);
        }
        return new Listing(keys, records, count, response.isTruncated(), List.of());
    }

    /** Collects what came with the list about one peer, so that only the rest is asked for. */
    private KnownRecords known(PublicKey key, Listing listing) {
        List<Record> own = listing.records().getOrDefault(context.names().instance(key), List.of());
        Stream<Record> ofTargets = own.stream()
                .flatMap(Browser::target)
                .flatMap(target -> listing.records().getOrDefault(target, List.of()).stream());
        return KnownRecords.none(context.names(), key)
                .with(Stream.concat(own.stream(), ofTargets).toList());
    }

    private static Stream<Name> target(Record record) {
        if (record instanceof SRVRecord service) {
            return Stream.of(service.getTarget());
        }
        return record instanceof CNAMERecord alias ? Stream.of(alias.getTarget()) : Stream.empty();
    }
}
