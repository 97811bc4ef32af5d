package io.wgsd.server.answer.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself in an OPT record (RFC 6891, section 6.1.2).
 *
 * @param payloadSize the greatest datagram that it takes
 * @param version the version of EDNS that it speaks
 * @param dnssecOk whether it wants signatures (RFC 3225)
 * @param cookie its cookie, and perhaps this server's (RFC 7873); null where there is none
 * @param asksWho whether it asks which server answers (RFC 5001)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and not handed out of this package
public record Edns(int payloadSize, int version, boolean dnssecOk, byte @Nullable [] cookie, boolean asksWho) {

    private static final int NSID = 3;
    private static final int COOKIE = 10;
    private static final int CLIENT_COOKIE = 8;
    private static final int MIN_COOKIE = 16;
    private static final int MAX_COOKIE = 40;

    /**
     * Reads an OPT record.
     *
     * @param message what holds it
     * @param fixed where its type begins, behind its name
     * @param data where its options begin
     * @param end where they end, at most the message's length
     * @throws MalformedRequestException if they do not end there, or a cookie has a length that none has
     */
    static Edns parse(byte[] message, int fixed, int data, int end) throws MalformedRequestException {
        byte[] cookie = null;
        boolean asksWho = false;
        int offset = data;
        while (offset < end) {
            if (end - offset < WireFormat.OPTION_FIXED) {
                throw new MalformedRequestException("half an EDNS option");
            }
            int code = MessageHeader.u16(message, offset);
            int length = MessageHeader.u16(message, offset + 2);
            offset += WireFormat.OPTION_FIXED;
            if (length > end - offset) {
                throw new MalformedRequestException("an EDNS option passes its record");
            }
            if (code == NSID) {
                asksWho = true;
            } else if (code == COOKIE && cookie == null) {
                cookie = cookie(message, offset, length);
            }
            offset += length;
        }
        return new Edns(
                MessageHeader.u16(message, fixed + 2),
                message[fixed + 5] & 0xff,
                (MessageHeader.u16(message, fixed + 6) & WireFormat.DNSSEC_OK) != 0,
                cookie,
                asksWho);
    }

    /** RFC 7873, section 5.2.2: a client's cookie alone, or a server's behind it. */
    private static byte[] cookie(byte[] message, int offset, int length) throws MalformedRequestException {
        if (length != CLIENT_COOKIE && (length < MIN_COOKIE || length > MAX_COOKIE)) {
            throw new MalformedRequestException("a cookie of " + length + " bytes");
        }
        return Arrays.copyOfRange(message, offset, offset + length);
    }
}
