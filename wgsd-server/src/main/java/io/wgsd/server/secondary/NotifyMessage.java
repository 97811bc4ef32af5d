package io.wgsd.server.secondary;

import io.wgsd.dnssd.TsigKey;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** NOTIFY on the wire (RFC 1996, sections 3.6 to 3.12). */
final class NotifyMessage {

    private NotifyMessage() {}

    /**
     * Returns a request that notifies of a zone.
     *
     * @param id what tells its response from others
     * @param soa the zone's SOA, which a secondary may take for a hint
     * @param key what signs it; empty for no signature
     * @return the message
     */
    static byte[] request(int id, SOARecord soa, Optional<TsigKey> key) {
        Message message = new Message(id);
        message.getHeader().setOpcode(Opcode.NOTIFY);
        message.getHeader().setFlag(Flags.AA);
        message.addRecord(Record.newRecord(soa.getName(), Type.SOA, DClass.IN), Section.QUESTION);
        message.addRecord(soa, Section.ANSWER);
        key.ifPresent(shared -> shared.toTsig().apply(message, null));
        return message.toWire();
    }

    /**
     * Reads a response.
     *
     * @param bytes what was received
     * @param id that of the request
     * @return the response code; empty where this is no response to it
     */
    static OptionalInt responseCode(byte[] bytes, int id) {
        try {
            Message message = new Message(bytes);
            boolean ours = message.getHeader().getID() == id
                    && message.getHeader().getFlag(Flags.QR)
                    && message.getHeader().getOpcode() == Opcode.NOTIFY;
            return ours ? OptionalInt.of(message.getRcode()) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        }
    }
}
