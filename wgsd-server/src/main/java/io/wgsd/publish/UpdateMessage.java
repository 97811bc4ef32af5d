package io.wgsd.publish;

import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A dynamic update as RFC 2136, section 2, lays it out; not thread-safe. */
final class UpdateMessage {

    /** Far enough below 64 KiB for what one more peer may take, old and new TXTs of 16 and 2 KiB included. */
    private static final int ENOUGH = 8_000;

    private final Message message = new Message();
    private int length;

    UpdateMessage(Name zone, int id) {
        message.getHeader().setID(id);
        message.getHeader().setOpcode(Opcode.UPDATE);
        message.getHeader().unsetFlag(Flags.RD);
        message.addRecord(Record.newRecord(zone, Type.SOA, DClass.IN), Section.ZONE);
    }

    /** Makes the update fail unless exactly these records are the RRset (section 2.4.2); none require nothing. */
    void requirePresent(List<? extends Record> rrset) {
        rrset.forEach(record -> add(record, DClass.IN, 0, Section.PREREQ));
    }

    /** Makes the update fail if there is such an RRset (section 2.4.3). */
    void requireAbsent(Name name, int type) {
        message.addRecord(Record.newRecord(name, type, DClass.NONE, 0), Section.PREREQ);
        length += name.length() + 10;
    }

    /** Deletes one record, regardless of its TTL (section 2.5.4). */
    void delete(Record record) {
        add(record, DClass.NONE, 0, Section.UPDATE);
    }

    /** Adds one record (section 2.5.1). */
    void add(Record record) {
        add(record, DClass.IN, record.getTTL(), Section.UPDATE);
    }

    /** Returns whether the rest is better sent in another message. */
    boolean isLong() {
        return length >= ENOUGH;
    }

    Message message() {
        return message;
    }

    private void add(Record record, int dclass, long ttl, int section) {
        byte[] data = record.rdataToWireCanonical();
        message.addRecord(Record.newRecord(record.getName(), record.getType(), dclass, ttl, data), section);
        length += record.getName().length() + 10 + data.length;
    }
}
