package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.PeerRecords;
import io.wgsd.dnssd.ZoneOptions;
import io.wgsd.internal.Base32Keys;
import io.wgsd.model.Endpoint;
import io.wgsd.server.answer.wire.LetterCase;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/**
 * All that is usually asked of one peer, ready to be copied behind the question, in one array: few cache lines are
 * touched for an answer.
 *
 * <p>It holds the key in base32, by which it is found, and the records of the answer for SRV, address and TXT behind
 * it; the TXT there is also the answer for TXT, since its owner is the question's name in both. Immutable and
 * thread-safe.
 */
final class PeerAnswers {

    /** How long a key is in base32, without padding. */
    static final int LABEL_LENGTH = Base32Keys.UNPADDED_LENGTH;

    /** By how much the name of an instance is longer than without padding. */
    private static final int PADDING_LENGTH = 4;

    private static final int CACHE_LINE = 64;
    private static final byte[] NONE = {};
    /** A pointer to the question's name. */
    private static final short QUESTION = (short) (WireFormat.POINTER << 8 | WireFormat.HEADER_LENGTH);
    /** More than all that is the same length for each peer. */
    private static final int MOST_BESIDES = 256;

    private final boolean ipv6;

    private final byte[] bytes;
    /** Where the pointer is from the host's name to the origin. */
    private final int originPointer;

    private final int serviceEnd;
    private final int textStart;
    private final boolean instanceAddress;

    private PeerAnswers(
            byte[] bytes, int originPointer, int textStart, int serviceEnd, boolean ipv6, boolean instanceAddress) {
        this.bytes = bytes;
        this.originPointer = originPointer;
        this.textStart = textStart;
        this.serviceEnd = serviceEnd;
        this.ipv6 = ipv6;
        this.instanceAddress = instanceAddress;
    }

    static PeerAnswers of(ZoneOptions options, Advertisement peer) {
        byte[] label = peer.publicKey().toBase32().getBytes(StandardCharsets.US_ASCII);
        byte[] origin = options.names().origin().toWire();
        byte[] text =
                PeerRecords.of(options.names(), peer, options.peerTtl()).txt().rdataToWireCanonical();
        Endpoint endpoint = peer.endpoints().get(0);
        byte[] address = endpoint.address().toBytes();
        int addressType = endpoint.address().isIpv6() ? Type.AAAA : Type.A;
        int ttl = (int) options.peerTtl().toSeconds();
        // Where the origin is in a question for the instance.
        int originAt = WireFormat.HEADER_LENGTH
                + options.names().instance(peer.publicKey()).length()
                - origin.length;

        ByteBuffer bytes = ByteBuffer.allocate(MOST_BESIDES + origin.length + text.length + 2 * address.length);
        bytes.put(label);
        fixed(bytes.putShort(QUESTION), Type.SRV, ttl, WireFormat.SRV_FIXED + 1 + LABEL_LENGTH + origin.length);
        bytes.putInt(0).putShort((short) endpoint.port());
        // RFC 2782: the target of an SRV is not compressed.
        bytes.put((byte) LABEL_LENGTH).put(label).put(origin);
        bytes.put((byte) LABEL_LENGTH).put(label);
        int originPointer = bytes.position();
        bytes.putShort((short) (WireFormat.POINTER << 8 | originAt));
        fixed(bytes, addressType, ttl, address.length).put(address);
        int textStart = bytes.position();
        fixed(bytes.putShort(QUESTION), Type.TXT, ttl, text.length).put(text);
        int serviceEnd = bytes.position();
        fixed(bytes.putShort(QUESTION), addressType, ttl, address.length).put(address);
        return new PeerAnswers(
                Arrays.copyOf(bytes.array(), bytes.position()),
                originPointer,
                textStart,
                serviceEnd,
                endpoint.address().isIpv6(),
                options.instanceAddresses());
    }

    /** Writes what each record has behind its owner. */
    private static ByteBuffer fixed(ByteBuffer bytes, int type, int ttl, int length) {
        return bytes.putShort((short) type)
                .putShort((short) DClass.IN)
                .putInt(ttl)
                .putShort((short) length);
    }

    /** Returns how many bytes all of it has. */
    int length() {
        return bytes.length;
    }

    /** Reads a byte of each cache line, and returns their sum. */
    int touch() {
        int sum = bytes[bytes.length - 1];
        for (int i = 0; i < bytes.length; i += CACHE_LINE) {
            sum += bytes[i];
        }
        return sum;
    }

    boolean hasLabel(byte[] message, int at) {
        return LetterCase.equal(message, at, bytes, 0, LABEL_LENGTH);
    }

    int labelHash(long seed) {
        return LetterCase.hash(bytes, 0, LABEL_LENGTH, seed);
    }

    /** Answers a question for the service instance, from {@code negative} where it has no records of that type. */
    int instance(UsualRequest request, NegativeAnswer negative, byte[] response) {
        return switch (request.type()) {
            case Type.SRV -> service(request, response);
            case Type.TXT -> text(request, response);
            case Type.A -> ipv6 || !instanceAddress ? negative.noData(request, response) : address(request, response);
            case Type.AAAA -> ipv6 && instanceAddress ? address(request, response) : negative.noData(request, response);
            default -> negative.noData(request, response);
        };
    }

    /** Answers a question for the instance's name without padding, where no address is. */
    int unpadded(UsualRequest request, NegativeAnswer negative, byte[] response) {
        if (request.type() == Type.TXT) {
            // What is cut there would not fit here, either.
            return text(request, response);
        }
        if (request.type() != Type.SRV) {
            return negative.noData(request, response);
        }
        int length = service(request, response);
        if (length > 0) {
            int at = request.nameEnd() + WireFormat.QUESTION_FIXED + originPointer - LABEL_LENGTH;
            int moved = MessageHeader.u16(response, at) - PADDING_LENGTH;
            response[at] = (byte) (moved >> 8);
            response[at + 1] = (byte) moved;
        }
        return length;
    }

    /** Answers a question for the host. */
    int host(UsualRequest request, NegativeAnswer negative, byte[] response) {
        return request.type() == (ipv6 ? Type.AAAA : Type.A)
                ? address(request, response)
                : negative.noData(request, response);
    }

    private int service(UsualRequest request, byte[] response) {
        return request.respond(
                MessageHeader.AA, counts(1, 2), bytes, LABEL_LENGTH, serviceEnd - LABEL_LENGTH, NONE, response);
    }

    private int text(UsualRequest request, byte[] response) {
        return request.respond(
                MessageHeader.AA, counts(1, 0), bytes, textStart, serviceEnd - textStart, NONE, response);
    }

    private int address(UsualRequest request, byte[] response) {
        return request.respond(
                MessageHeader.AA, counts(1, 0), bytes, serviceEnd, bytes.length - serviceEnd, NONE, response);
    }

    private static long counts(int answers, int additional) {
        return (long) answers << 32 | additional;
    }
}
