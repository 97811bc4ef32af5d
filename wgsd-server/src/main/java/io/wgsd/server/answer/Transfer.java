package io.wgsd.server.answer;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.ResponseWriter;
import io.wgsd.server.answer.wire.WireFormat;
import io.wgsd.server.zone.Journal;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The messages of a zone transfer, each made when it is asked for; not thread-safe. */
final class Transfer implements Iterator<byte[]> {

    private final ResponseForm form;
    private final Iterator<Record> records;
    private @Nullable Record next;

    /**
     * Makes a transfer.
     *
     * @param form what each message has in common
     * @param records what is transferred, at least one record
     */
    Transfer(ResponseForm form, Stream<? extends Record> records) {
        this.form = form;
        this.records = records.<Record>map(record -> record).iterator();
        next = this.records.next();
    }

    /** Returns all records of a zone as RFC 5936, section 2.2, orders them: the SOA first and last. */
    static Stream<Record> whole(Zone zone) {
        Stream<Record> between = zone.nodes().stream()
                .flatMap(node -> node.rrsets().stream())
                .flatMap(List::stream)
                .filter(record -> record.getType() != Type.SOA);
        return Stream.concat(Stream.concat(Stream.of(zone.soa()), between), Stream.of(zone.soa()));
    }

    /** Returns what leads from an earlier zone to this one, in the order of RFC 1995, section 4. */
    static Stream<Record> incremental(Zone zone, List<Journal.Step> steps) {
        Stream<Record> between = steps.stream().flatMap(Transfer::of);
        return Stream.concat(Stream.concat(Stream.of(zone.soa()), between), Stream.of(zone.soa()));
    }

    private static Stream<Record> of(Journal.Step step) {
        return Stream.concat(
                Stream.concat(Stream.of(step.earlier()), step.difference().removed().stream()),
                Stream.concat(Stream.of(step.later()), step.difference().added().stream()));
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public byte[] next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        ResponseWriter writer = form.writer(Rcode.NOERROR, null);
        while (next != null && writer.length() < WireFormat.POINTER_REACH) {
            if (!writer.add(Section.ANSWER, List.of(next))) {
                break;
            }
            next = records.hasNext() ? records.next() : null;
        }
        return writer.finish(MessageHeader.responseFlags(form.request().flags()) | MessageHeader.AA);
    }
}
