package io.wgsd.dnssd.push;

import io.wgsd.model.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * What changed: values of a {@link DsoTlv#PUSH} (RFC 8765, section 6.3.1).
 *
 * <p>Immutable and thread-safe.
 *
 * @param removed records that are no more; their TTL does not matter
 * @param cleared names of which nothing is left except what is added
 * @param added records that are new
 */
public record PushUpdate(List<Record> removed, List<Name> cleared, List<Record> added) {

    private static final long REMOVED = 0xffff_ffffL;
    private static final long CLEARED = 0xffff_fffeL;
    private static final int LARGEST = 60_000;
    private static final int NAME_FOLLOWERS = 4;

    /**
     * Makes an update of copies of the lists.
     *
     * @param removed records that are no more
     * @param cleared names of which nothing is left
     * @param added records that are new
     */
    public PushUpdate {
        removed = List.copyOf(removed);
        cleared = List.copyOf(cleared);
        added = List.copyOf(added);
    }

    /**
     * Reads a TLV.
     *
     * @param tlv one of type {@link DsoTlv#PUSH}, without compressed names
     * @return the update
     * @throws FormatException if it makes no sense
     */
    public static PushUpdate parse(DsoTlv tlv) {
        List<Record> removed = new ArrayList<>();
        List<Name> cleared = new ArrayList<>();
        List<Record> added = new ArrayList<>();
        try {
            DNSInput in = new DNSInput(tlv.value());
            while (in.remaining() > 0) {
                Name name = new Name(in);
                int type = in.readU16();
                int dclass = in.readU16();
                long ttl = in.readU32();
                byte[] data = in.readByteArray(in.readU16());
                if (ttl == CLEARED) {
                    cleared.add(name);
                } else {
                    boolean gone = ttl == REMOVED;
                    (gone ? removed : added)
                            .add(Record.newRecord(name, type, dclass, gone ? 0 : ttl, data.length, data));
                }
            }
            return new PushUpdate(removed, cleared, added);
        } catch (IOException | RuntimeException e) {
            // dnsjava throws what it likes at records that make no sense.
            String why = e.getMessage() == null ? "a record makes no sense" : e.getMessage();
            throw new FormatException("push TLV", tlv.length() + " bytes", why);
        }
    }

    /**
     * Writes the update, in as many TLVs as it takes.
     *
     * @return TLVs of type {@link DsoTlv#PUSH}, of at most 60,000 bytes each where no record is longer; none where
     *     nothing changed
     */
    public List<DsoTlv> encode() {
        List<DsoTlv> tlvs = new ArrayList<>();
        DNSOutput out = new DNSOutput();
        for (Name name : cleared) {
            out = room(out, tlvs);
            name.toWire(out, null);
            out.writeU16(Type.ANY);
            out.writeU16(DClass.IN);
            out.writeU32(CLEARED);
            out.writeU16(0);
        }
        for (Record record : removed) {
            out = room(out, tlvs);
            write(record, true, out);
        }
        for (Record record : added) {
            out = room(out, tlvs);
            write(record, false, out);
        }
        if (out.current() > 0) {
            tlvs.add(DsoTlv.of(DsoTlv.PUSH, out.toByteArray()));
        }
        return tlvs;
    }

    private static DNSOutput room(DNSOutput out, List<DsoTlv> full) {
        if (out.current() < LARGEST / 2) {
            return out;
        }
        full.add(DsoTlv.of(DsoTlv.PUSH, out.toByteArray()));
        return new DNSOutput();
    }

    private static void write(Record record, boolean gone, DNSOutput out) {
        byte[] wire = record.toWire(Section.ANSWER);
        if (gone) {
            ByteBuffer.wrap(wire).putInt(record.getName().length() + NAME_FOLLOWERS, (int) REMOVED);
        }
        out.writeByteArray(wire);
    }
}
