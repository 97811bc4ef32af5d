package io.wgsd.discovery.lookup;

import io.wgsd.discovery.exchange.Question;
import io.wgsd.dnssd.AdvertisementParser;
import io.wgsd.dnssd.DnsSdNames;
import io.wgsd.model.FormatException;
import io.wgsd.model.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The records that are known about one peer, and what is still to be asked. Immutable. */
final class KnownRecords {

    /** More than any registry has for one peer; a hostile message may hold thousands. */
    private static final int MAX_RECORDS = 128;

    private static final int MAX_TARGETS = 4;

    private final AdvertisementParser parser;
    private final List<Record> records;
    private final boolean tooMany;
    private AdvertisementParser.@Nullable Result known;

    private KnownRecords(AdvertisementParser parser, List<Record> records, boolean tooMany) {
        this.parser = parser;
        this.records = records;
        this.tooMany = tooMany;
    }

    static KnownRecords none(DnsSdNames names, PublicKey key) {
        return new KnownRecords(AdvertisementParser.of(names, key), List.of(), false);
    }

    KnownRecords with(Collection<Record> more) {
        List<Record> all = new ArrayList<>(records);
        for (Record record : more) {
            // A server may repeat itself with each answer; comparing the records of the first one is not worth it.
            if (records.isEmpty() || !records.contains(record)) {
                if (all.size() >= MAX_RECORDS) {
                    return new KnownRecords(parser, all, true);
                }
                all.add(record);
            }
        }
        return new KnownRecords(parser, all, tooMany);
    }

    KnownRecords with(Message response) {
        List<Record> more = new ArrayList<>(response.getSection(Section.ANSWER));
        more.addAll(response.getSection(Section.ADDITIONAL));
        return with(more);
    }

    /**
     * Reads the records.
     *
     * @throws FormatException if they contradict themselves, or are more than any registry has for a peer
     */
    AdvertisementParser.Result read() {
        if (tooMany) {
            throw new FormatException(
                    "service", parser.instance().toString(), "it has more than " + MAX_RECORDS + " records");
        }
        AdvertisementParser.Result result = known;
        if (result == null) {
            result = parser.parse(records);
            known = result;
        }
        return result;
    }

    /** Returns whether an endpoint of the peer is known, even if more could be asked. */
    boolean hasEndpoint() {
        AdvertisementParser.Result result = read();
        return !result.advertisement().endpoints().isEmpty()
                && result.unresolved().isEmpty();
    }

    /** Returns the question from which all others follow. */
    Question service() {
        return new Question(AdvertisementParser.canonical(parser.instance(), records), Type.SRV);
    }

    /** Returns what to ask next; some of it may have been asked before without success. */
    Set<Question> gaps(boolean wantsText) {
        AdvertisementParser.Result result = read();
        Question service = service();
        if (!result.hasService()) {
            return Set.of(service);
        }
        Set<Question> gaps = new LinkedHashSet<>();
        List<Name> unresolved = result.unresolved();
        for (Name each : unresolved.subList(0, Math.min(MAX_TARGETS, unresolved.size()))) {
            Name target = AdvertisementParser.canonical(each, records);
            gaps.add(new Question(target, Type.A));
            gaps.add(new Question(target, Type.AAAA));
        }
        if (wantsText && !result.hasText()) {
            gaps.add(new Question(service.name(), Type.TXT));
        }
        return gaps;
    }
}
