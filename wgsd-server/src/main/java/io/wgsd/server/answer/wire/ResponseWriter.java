package io.wgsd.server.answer.wire;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Compression;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/**
 * Writes one response in wire form, RRset by RRset, within a limit.
 *
 * <p>Names point back to earlier ones without regard to case, so that owners come in the letter case of the question
 * (RFC 4343, section 4.1). Not thread-safe.
 */
public final class ResponseWriter {

    private final DNSOutput out = new DNSOutput(WireFormat.MAX_PLAIN_UDP);
    private final Compression compression = new Compression();
    private final int[] counts = new int[4];
    private final int room;
    private final byte[] opt;

    /**
     * Begins a response.
     *
     * @param request what is answered; its question is repeated where there is one
     * @param limit how many bytes the response may have, more than the request has
     * @param opt the OPT record to end with, for which room is kept; null for none
     */
    public ResponseWriter(Request request, int limit, @Nullable OPTRecord opt) {
        this.opt = opt == null ? new byte[0] : opt.toWire(Section.ADDITIONAL);
        room = limit - this.opt.length;
        out.writeU16(request.id());
        out.writeByteArray(new byte[WireFormat.HEADER_LENGTH - 2]);
        Request.Question question = request.question();
        if (question != null) {
            question.name().toWire(out, compression);
            out.writeU16(question.type());
            out.writeU16(question.dclass());
            counts[Section.QUESTION] = 1;
        }
        if (opt != null) {
            counts[Section.ADDITIONAL] = 1;
        }
    }

    /**
     * Adds an RRset as a whole, or nothing of it (RFC 2181, section 9).
     *
     * <p>Once one did not fit, none may follow: their names could point to what was taken back.
     *
     * @param section the section, never one before that of the last call
     * @param records the records
     * @return whether they fit
     */
    public boolean add(int section, List<? extends Record> records) {
        int start = out.current();
        for (Record record : records) {
            write(record);
            if (out.current() > room) {
                out.jump(start);
                return false;
            }
        }
        counts[section] += records.size();
        return true;
    }

    /**
     * Adds as many records of an RRset as fit; where these are not all, nothing may follow, and the answer has to say
     * that it is cut.
     *
     * @param section the section, never one before that of the last call
     * @param records the records
     * @return whether all fit
     */
    public boolean addSome(int section, List<? extends Record> records) {
        for (Record record : records) {
            if (!add(section, List.of(record))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether what is written so far leaves the response within its limit. */
    public boolean fits() {
        return out.current() <= room;
    }

    /** Returns how long the response is so far, without its end. */
    public int length() {
        return out.current();
    }

    /**
     * Returns the response.
     *
     * @param flags the header's second word, the response code included
     * @return the whole message
     */
    public byte[] finish(int flags) {
        out.writeByteArray(opt);
        out.writeU16At(flags, 2);
        for (int section = 0; section < counts.length; section++) {
            out.writeU16At(counts[section], 4 + 2 * section);
        }
        return out.toByteArray();
    }

    private void write(Record record) {
        record.getName().toWire(out, compression);
        out.writeU16(record.getType());
        out.writeU16(record.getDClass());
        out.writeU32(record.getTTL());
        int length = out.current();
        out.writeU16(0);
        writeData(record);
        out.writeU16At(out.current() - length - 2, length);
    }

    /** Writes a record's data; names in it are compressed only for the types of RFC 1035 (RFC 3597, section 4). */
    private void writeData(Record record) {
        if (record instanceof PTRRecord ptr) {
            write(ptr.getTarget());
        } else if (record instanceof CNAMERecord cname) {
            write(cname.getTarget());
        } else if (record instanceof NSRecord ns) {
            write(ns.getTarget());
        } else if (record instanceof SOARecord soa) {
            write(soa.getHost());
            write(soa.getAdmin());
            out.writeU32(soa.getSerial());
            out.writeU32(soa.getRefresh());
            out.writeU32(soa.getRetry());
            out.writeU32(soa.getExpire());
            out.writeU32(soa.getMinimum());
        } else {
            byte[] whole = record.toWire(Section.ANSWER);
            int data = record.getName().length() + WireFormat.RECORD_FIXED;
            out.writeByteArray(Arrays.copyOfRange(whole, data, whole.length));
        }
    }

    private void write(Name name) {
        name.toWire(out, compression);
    }
}
