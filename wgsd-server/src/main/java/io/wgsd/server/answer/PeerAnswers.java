package io.wgsd.server.answer;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.PeerRecords;
import io.wgsd.dnssd.ZoneOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * All that is usually asked of one peer, ready to be copied behind the question, in one array: few cache lines are touched
 * for an answer.
 *
 * <p>It holds the key in base32, by which it is found, and the records of the answer for SRV, address and TXT behind it; the
 * TXT there is also the answer for TXT, since its owner is the question's name in both. Immutable and thread-safe.
 */
final class PeerAnswers {

    /** How long a key is in base32, without padding. */
    static final int LABEL_LENGTH = 52;

    private static final byte[] NONE = {};
    /** A type of address and an address, with owner, class, TTL and lengths. */
    private final boolean ipv6;

    private final byte[] bytes;
    private final int serviceEnd;
    private final int textStart;
    private final boolean instanceAddress;

    private PeerAnswers(byte[] bytes, int textStart, int serviceEnd, boolean ipv6, boolean instanceAddress) {
        this.bytes = bytes;
        this.textStart = textStart;
        this.serviceEnd = serviceEnd;
        this.ipv6 = ipv6;
        this.instanceAddress = instanceAddress;
    }

    static PeerAnswers of(ZoneOptions options, Advertisement peer) {
        PeerRecords records = PeerRecords.of(options.names(), peer, options.peerTtl());
        Record srv = records.srv();
        Record host = records.hostAddress();
        ResponseWriter service = writer(srv.getName(), Type.SRV);
        int start = service.length();
        service.add(Section.ANSWER, List.of(srv));
        service.add(Section.ADDITIONAL, List.of(host));
        int text = service.length() - start;
        service.add(Section.ADDITIONAL, List.of(records.txt()));
        byte[] whole = service.finish(0);
        ResponseWriter address = writer(host.getName(), host.getType());
        int addressStart = address.length();
        address.add(Section.ANSWER, List.of(host));
        byte[] addressWhole = address.finish(0);

        int serviceLength = whole.length - start;
        int addressLength = addressWhole.length - addressStart;
        byte[] bytes = new byte[LABEL_LENGTH + serviceLength + addressLength];
        byte[] label = peer.publicKey().toBase32().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(label, 0, bytes, 0, LABEL_LENGTH);
        System.arraycopy(whole, start, bytes, LABEL_LENGTH, serviceLength);
        System.arraycopy(addressWhole, addressStart, bytes, LABEL_LENGTH + serviceLength, addressLength);
        return new PeerAnswers(
                bytes,
                LABEL_LENGTH + text,
                LABEL_LENGTH + serviceLength,
                host.getType() == Type.AAAA,
                options.instanceAddresses());
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
            case Type.SRV ->
                request.respond(
                        Outcome.ANSWERED,
                        MessageHeader.AA,
                        counts(1, 2),
                        bytes,
                        LABEL_LENGTH,
                        serviceEnd - LABEL_LENGTH,
                        NONE,
                        response);
            case Type.TXT ->
                request.respond(
                        Outcome.ANSWERED,
                        MessageHeader.AA,
                        counts(1, 0),
                        bytes,
                        textStart,
                        serviceEnd - textStart,
                        NONE,
                        response);
            case Type.A -> ipv6 || !instanceAddress ? negative.noData(request, response) : address(request, response);
            case Type.AAAA -> ipv6 && instanceAddress ? address(request, response) : negative.noData(request, response);
            default -> negative.noData(request, response);
        };
    }

    /** Answers a question for the host. */
    int host(UsualRequest request, NegativeAnswer negative, byte[] response) {
        return request.type() == (ipv6 ? Type.AAAA : Type.A)
                ? address(request, response)
                : negative.noData(request, response);
    }

    private int address(UsualRequest request, byte[] response) {
        return request.respond(
                Outcome.ANSWERED,
                MessageHeader.AA,
                counts(1, 0),
                bytes,
                serviceEnd,
                bytes.length - serviceEnd,
                NONE,
                response);
    }

    private static long counts(int answers, int additional) {
        return (long) answers << 32 | additional;
    }

    private static ResponseWriter writer(Name name, int type) {
        Request request = new Request(0, 0, new Request.Question(name, type, DClass.IN), null, null, false);
        return new ResponseWriter(request, 65_535, null);
    }
}
