package io.wgsd.server.answer;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A request with one question, taken from a message whose header says so much.
 *
 * <p>Records other than OPT are stepped over, not read, but for the SOA that comes with IXFR: nothing else that a request
 * of this opcode may bring along means anything here.
 *
 * @param id what tells the response from others
 * @param flags the header's flags
 * @param name the name that is asked for, in the asker's letter case
 * @param type the type that is asked for
 * @param dclass the class that is asked for
 * @param edns what the asker says in an OPT record; null where there is none
 * @param serial what IXFR says that the asker has; null where it says nothing, or another type is asked for
 */
record Request(
        int id,
        int flags,
        Name name,
        int type,
        int dclass,
        @Nullable Edns edns,
        @Nullable Long serial) {

    private static final int MAX_NAME = 255;
    private static final int MAX_LABEL = 63;
    private static final int POINTER = 0xc0;
    /** Type, class, TTL and length of the data. */
    private static final int FIXED_PART = 10;

    /**
     * Reads a request.
     *
     * @param message at least a header
     * @throws MalformedRequestException if there is not exactly one question, or the message ends too early
     */
    static Request parse(byte[] message) throws MalformedRequestException {
        if (MessageHeader.count(message, Section.QUESTION) != 1) {
            // RFC 9619: more than one question was never defined.
            throw new MalformedRequestException("not exactly one question");
        }
        int start = MessageHeader.LENGTH;
        int end = endOfName(message, start, false);
        need(message, end, 4);
        Name name = name(message, start, end);
        int type = MessageHeader.u16(message, end);
        Edns edns = null;
        Long serial = null;
        int offset = end + 4;
        for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
            for (int i = MessageHeader.count(message, section); i > 0; i--) {
                int fixed = endOfName(message, offset, true);
                need(message, fixed, FIXED_PART);
                int data = fixed + FIXED_PART;
                int length = MessageHeader.u16(message, fixed + 8);
                need(message, data, length);
                int recordType = MessageHeader.u16(message, fixed);
                if (recordType == Type.OPT) {
                    // RFC 6891, section 6.1.1: one at most, in the additional section, of the root.
                    if (edns != null || section != Section.ADDITIONAL || message[offset] != 0) {
                        throw new MalformedRequestException("misplaced OPT record");
                    }
                    checkOptions(message, data, data + length);
                    edns = Edns.of(
                            MessageHeader.u16(message, fixed + 2),
                            ((long) MessageHeader.u16(message, fixed + 4) << 16)
                                    | MessageHeader.u16(message, fixed + 6));
                } else if (recordType == Type.SOA && type == Type.IXFR && section == Section.AUTHORITY) {
                    serial = serial(message, data, data + length);
                }
                offset = data + length;
            }
        }
        return new Request(
                MessageHeader.id(message),
                MessageHeader.flags(message),
                name,
                type,
                MessageHeader.u16(message, end + 2),
                edns,
                serial);
    }

    /** Reads the number behind a SOA's two names (RFC 1035, section 3.3.13). */
    private static long serial(byte[] message, int start, int end) throws MalformedRequestException {
        int host = endOfName(message, start, true);
        int serial = endOfName(message, host, true);
        if (end - serial < 4) {
            throw new MalformedRequestException("a SOA without a serial");
        }
        return ((long) MessageHeader.u16(message, serial) << 16) | MessageHeader.u16(message, serial + 2);
    }

    private static void checkOptions(byte[] message, int start, int end) throws MalformedRequestException {
        int offset = start;
        while (offset < end) {
            if (end - offset < 4) {
                throw new MalformedRequestException("half an EDNS option");
            }
            offset += 4 + MessageHeader.u16(message, offset + 2);
        }
        if (offset != end) {
            throw new MalformedRequestException("an EDNS option passes its record");
        }
    }

    /** Returns the offset behind a name; a pointer ends it where pointers may be at all. */
    private static int endOfName(byte[] message, int start, boolean pointersAllowed) throws MalformedRequestException {
        int offset = start;
        while (true) {
            need(message, offset, 1);
            int length = message[offset] & 0xff;
            if (length == 0) {
                return offset + 1;
            }
            if (length >= POINTER && pointersAllowed) {
                need(message, offset, 2);
                return offset + 2;
            }
            if (length > MAX_LABEL) {
                throw new MalformedRequestException("no label");
            }
            offset += 1 + length;
            if (offset - start >= MAX_NAME) {
                throw new MalformedRequestException("a name of more than 255 bytes");
            }
        }
    }

    private static Name name(byte[] message, int start, int end) throws MalformedRequestException {
        try {
            return new Name(Arrays.copyOfRange(message, start, end));
        } catch (IOException e) {
            throw new MalformedRequestException("a name that is none");
        }
    }

    private static void need(byte[] message, int offset, int length) throws MalformedRequestException {
        if (message.length - offset < length) {
            throw new MalformedRequestException("the message ends too early");
        }
    }
}
