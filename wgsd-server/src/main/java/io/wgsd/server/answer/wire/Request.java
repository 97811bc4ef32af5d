package io.wgsd.server.answer.wire;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A request with a question, or with a cookie and none (RFC 7873, section 5.4), taken from a message whose header says
 * that it is a query.
 *
 * <p>Records other than OPT are stepped over, not read, except for the SOA that comes with IXFR: nothing else that a
 * request of this opcode may bring along means anything here.
 *
 * @param id what tells the response from others
 * @param flags the header's flags
 * @param question what is asked for; null where there is only a cookie
 * @param edns what the client says in an OPT record; null where there is none
 * @param serial what IXFR says that the client has; null where it says nothing, or another type is asked for
 * @param signed whether it ends with a TSIG record
 */
public record Request(
        int id,
        int flags,
        @Nullable Question question,
        @Nullable Edns edns,
        @Nullable Long serial,
        boolean signed) {

    /**
     * What is asked for.
     *
     * @param name the name, in the client's letter case
     * @param type the type
     * @param dclass the class
     */
    public record Question(Name name, int type, int dclass) {}

    /**
     * Reads a request.
     *
     * @param message at least a header
     * @throws MalformedRequestException if there is more than one question, or neither one nor a cookie, or the message
     *     ends too early
     */
    public static Request parse(byte[] message) throws MalformedRequestException {
        int questions = MessageHeader.count(message, Section.QUESTION);
        if (questions > 1) {
            // RFC 9619: more than one question was never defined.
            throw new MalformedRequestException("more than one question");
        }
        int offset = WireFormat.HEADER_LENGTH;
        Question question = null;
        if (questions == 1) {
            int end = endOfName(message, offset, false);
            need(message, end, WireFormat.QUESTION_FIXED);
            question = new Question(
                    name(message, offset, end), MessageHeader.u16(message, end), MessageHeader.u16(message, end + 2));
            offset = end + WireFormat.QUESTION_FIXED;
        }
        Edns edns = null;
        Long serial = null;
        boolean signed = false;
        for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
            for (int i = MessageHeader.count(message, section); i > 0; i--) {
                int fixed = endOfName(message, offset, true);
                need(message, fixed, WireFormat.RECORD_FIXED);
                int data = fixed + WireFormat.RECORD_FIXED;
                int end = data + MessageHeader.u16(message, fixed + 8);
                need(message, data, end - data);
                switch (MessageHeader.u16(message, fixed)) {
                    case Type.OPT -> {
                        // RFC 6891, section 6.1.1: one at most, in the additional section, of the root.
                        if (edns != null || section != Section.ADDITIONAL || message[offset] != 0) {
                            throw new MalformedRequestException("misplaced OPT record");
                        }
                        edns = Edns.parse(message, fixed, data, end);
                    }
                    case Type.TSIG -> {
                        // RFC 8945, section 5.1: one at most, the last of the additional section.
                        if (section != Section.ADDITIONAL || i > 1) {
                            throw new MalformedRequestException("misplaced TSIG record");
                        }
                        signed = true;
                    }
                    case Type.SOA -> {
                        if (question != null && question.type() == Type.IXFR && section == Section.AUTHORITY) {
                            serial = serial(message, data, end);
                        }
                    }
                    default -> {
                        // Nothing else means anything here.
                    }
                }
                offset = end;
            }
        }
        if (question == null && (edns == null || edns.cookie() == null)) {
            throw new MalformedRequestException("no question");
        }
        return new Request(MessageHeader.id(message), MessageHeader.flags(message), question, edns, serial, signed);
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

    /** Returns the offset behind a name; a pointer ends it where pointers may be at all. */
    private static int endOfName(byte[] message, int start, boolean pointersAllowed) throws MalformedRequestException {
        int offset = start;
        while (true) {
            need(message, offset, 1);
            int length = message[offset] & 0xff;
            if (length == 0) {
                return offset + 1;
            }
            if (length >= WireFormat.POINTER && pointersAllowed) {
                need(message, offset, WireFormat.POINTER_LENGTH);
                return offset + WireFormat.POINTER_LENGTH;
            }
            if (length > WireFormat.MAX_LABEL) {
                throw new MalformedRequestException("no label");
            }
            offset += 1 + length;
            if (offset - start >= WireFormat.MAX_NAME) {
                throw new MalformedRequestException("a name of more than " + WireFormat.MAX_NAME + " bytes");
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
