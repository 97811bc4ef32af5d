package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.ZoneLookup;
import io.wgsd.server.answer.wire.LetterCase;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.Request;
import io.wgsd.server.answer.wire.ResponseWriter;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The SOA that says for how long something does not exist, ready to be copied behind any question of the zone.
 *
 * <p>Its names point back into the question, whose length is another one each time, so the pointers are moved along.
 * Immutable and thread-safe.
 */
final class NegativeAnswer {

    private static final byte[] NONE = {};

    private final byte[] bytes;
    private final int originLength;
    /** Where pointers are; in each of three names there is one at most, the last thing in it. */
    private final int[] pointers;
    /** The last label of the SOA's names above the origin, with it: below these, names would point elsewhere. */
    private final byte[][] avoided;

    private NegativeAnswer(byte[] bytes, int originLength, int[] pointers, byte[][] avoided) {
        this.bytes = bytes;
        this.originLength = originLength;
        this.pointers = pointers;
        this.avoided = avoided;
    }

    static NegativeAnswer of(Zone zone) {
        SOARecord soa = ZoneLookup.negativeSoa(zone);
        Name origin = zone.origin();
        Request request = new Request(0, 0, new Request.Question(origin, Type.SOA, DClass.IN), null, null, false);
        ResponseWriter writer = new ResponseWriter(request, WireFormat.MAX_MESSAGE, null);
        int start = writer.length();
        writer.add(Section.AUTHORITY, List.<Record>of(soa));
        byte[] whole = writer.finish(0);
        byte[] bytes = Arrays.copyOfRange(whole, start, whole.length);
        int[] pointers = new int[3];
        int count = 0;
        int at = 0;
        for (int name = 0; name < 3; name++) {
            while (bytes[at] != 0 && (bytes[at] & 0xff) < WireFormat.POINTER) {
                at += 1 + bytes[at];
            }
            if (bytes[at] == 0) {
                at++;
            } else {
                pointers[count++] = at;
                at += WireFormat.POINTER_LENGTH;
            }
            if (at == WireFormat.POINTER_LENGTH) {
                at += WireFormat.RECORD_FIXED;
            }
        }
        byte[][] avoided = Stream.of(soa.getHost(), soa.getAdmin())
                .map(name -> lastLabelAbove(origin, name))
                .filter(Objects::nonNull)
                .toArray(byte[][]::new);
        return new NegativeAnswer(bytes, origin.length(), Arrays.copyOf(pointers, count), avoided);
    }

    int noData(UsualRequest request, byte[] response) {
        return respond(request, Rcode.NOERROR, response);
    }

    int nameError(UsualRequest request, byte[] response) {
        return respond(request, Rcode.NXDOMAIN, response);
    }

    private int respond(UsualRequest request, int rcode, byte[] response) {
        for (byte[] name : avoided) {
            if (request.endsWith(name)) {
                return 0;
            }
        }
        int length = request.respond(MessageHeader.AA | rcode, 1L << 16, bytes, 0, bytes.length, NONE, response);
        if (length == 0) {
            return 0;
        }
        int moved = request.nameLength() - originLength;
        int start = request.nameEnd() + WireFormat.QUESTION_FIXED;
        for (int pointer : pointers) {
            int at = start + pointer;
            int target = MessageHeader.u16(response, at) + moved;
            response[at] = (byte) (target >> 8);
            response[at + 1] = (byte) target;
        }
        return length;
    }

    private static byte @Nullable [] lastLabelAbove(Name origin, Name name) {
        int above = name.labels() - origin.labels();
        return above < 1 || !name.subdomain(origin) ? null : LetterCase.lower(new Name(name, above - 1));
    }
}
