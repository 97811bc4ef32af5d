package io.wgsd.server.answer.access;

import io.wgsd.dnssd.TsigKey;
import io.wgsd.server.answer.wire.MessageHeader;
import io.wgsd.server.answer.wire.WireFormat;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIGRecord;

/**
 * A request's signature once it was verified, which signs the response (RFC 8945, section 5).
 *
 * @param key what signs the answer; null where that is not possible
 * @param access what the key's holder may have
 * @param tsig the request's signature
 * @param error what is wrong with it, NOERROR for nothing
 */
public record VerifiedSignature(@Nullable TsigKey key, Access access, TSIGRecord tsig, int error) {

    /** Type, class, TTL, length, time, fudge, size of the digest, id, error, size of other data, and a time there. */
    private static final int FIXED_LENGTH = WireFormat.RECORD_FIXED + 6 + 2 + 2 + 2 + 2 + 2 + 6;

    private static final int MAX_DIGEST = 64;

    static VerifiedSignature ofUnknownKey(TSIGRecord tsig) {
        return new VerifiedSignature(null, Access.REFUSAL, tsig, Rcode.BADKEY);
    }

    /**
     * Makes a signature of what came of verifying it; one by the right key at the wrong time can be answered signed.
     */
    static VerifiedSignature of(TsigKey key, Access access, TSIGRecord tsig, int error) {
        boolean proven = error == Rcode.NOERROR || error == Rcode.BADTIME;
        return new VerifiedSignature(proven ? key : null, access, tsig, error);
    }

    public boolean isGood() {
        return error == Rcode.NOERROR;
    }

    /** Returns what is wrong with it, in words. */
    public String problem() {
        String name = tsig.getName().toString(true);
        return switch (error) {
            case Rcode.NOERROR -> "the signature with the key " + name + " is good";
            case Rcode.BADKEY -> "the key " + name + " is not known here";
            case Rcode.BADTIME -> "the clock of who signs with the key " + name + " differs by minutes";
            default -> "the secret of the key " + name + " is another one here";
        };
    }

    /** Returns how many bytes a signature takes behind an answer. */
    public int room() {
        return tsig.getName().length() + tsig.getAlgorithm().length() + FIXED_LENGTH + MAX_DIGEST;
    }

    /** Returns what signs the messages of one answer, to be handed them one by one in their order. */
    public UnaryOperator<byte[]> signer() {
        return new UnaryOperator<>() {

            private TSIGRecord previous = tsig;
            private boolean first = true;

            @Override
            public byte[] apply(byte[] message) {
                previous = sign(message, previous, first);
                first = false;
                return append(message, previous.toWire(Section.ADDITIONAL));
            }
        };
    }

    private TSIGRecord sign(byte[] message, TSIGRecord previous, boolean first) {
        int id = MessageHeader.id(message);
        if (key != null) {
            return key.toTsig().generate(new Message(id), message, error, previous, first);
        }
        return new TSIGRecord(
                tsig.getName(),
                DClass.ANY,
                0,
                tsig.getAlgorithm(),
                tsig.getTimeSigned(),
                tsig.getFudge(),
                new byte[0],
                id,
                error,
                null);
    }

    private static byte[] append(byte[] message, byte[] record) {
        byte[] signed = Arrays.copyOf(message, message.length + record.length);
        System.arraycopy(record, 0, signed, message.length, record.length);
        int records = MessageHeader.count(message, Section.ADDITIONAL) + 1;
        signed[10] = (byte) (records >> 8);
        signed[11] = (byte) records;
        return signed;
    }
}
