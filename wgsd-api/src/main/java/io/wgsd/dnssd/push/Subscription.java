package io.wgsd.dnssd.push;

import io.wgsd.model.FormatException;
import java.io.IOException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Whose changes a subscriber asks for: the value of a {@link DsoTlv#SUBSCRIBE} (RFC 8765, section 6.2.1).
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the records' owner, absolute
 * @param type their type, or 255 for all
 * @param dclass their class, or 255 for all
 */
public record Subscription(Name name, int type, int dclass) {

    /**
     * Returns a subscription of all of a name's records of class IN.
     *
     * @param name the owner
     * @return the subscription
     */
    public static Subscription all(Name name) {
        return new Subscription(name, Type.ANY, DClass.IN);
    }

    /**
     * Reads a TLV.
     *
     * @param tlv one of type {@link DsoTlv#SUBSCRIBE}
     * @return the subscription
     * @throws FormatException if it makes no sense
     */
    public static Subscription parse(DsoTlv tlv) {
        try {
            DNSInput in = new DNSInput(tlv.value());
            Subscription read = new Subscription(new Name(in), in.readU16(), in.readU16());
            if (in.remaining() > 0) {
                throw wrong(tlv, in.remaining() + " bytes follow it");
            }
            return read;
        } catch (IOException e) {
            throw wrong(tlv, e.getMessage() == null ? "it ends too soon" : e.getMessage());
        }
    }

    /**
     * Writes the subscription.
     *
     * @return a TLV of type {@link DsoTlv#SUBSCRIBE}
     */
    public DsoTlv encode() {
        DNSOutput out = new DNSOutput();
        name.toWire(out, null);
        out.writeU16(type);
        out.writeU16(dclass);
        return DsoTlv.of(DsoTlv.SUBSCRIBE, out.toByteArray());
    }

    /**
     * Returns whether a record is one of those that are wanted.
     *
     * @param record any record
     * @return whether name, type and class are
     */
    public boolean covers(Record record) {
        return (type == Type.ANY || type == record.getRRsetType())
                && (dclass == DClass.ANY || dclass == record.getDClass())
                && name.equals(record.getName());
    }

    private static FormatException wrong(DsoTlv tlv, String why) {
        return new FormatException("subscription", tlv.length() + " bytes", why);
    }
}
