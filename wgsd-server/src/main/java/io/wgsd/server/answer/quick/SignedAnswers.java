package io.wgsd.server.answer.quick;

import io.wgsd.dnssd.Zone;
import io.wgsd.server.answer.Answers;
import io.wgsd.server.answer.ZoneLookup;
import io.wgsd.server.answer.wire.Edns;
import io.wgsd.server.answer.wire.LetterCase;
import io.wgsd.server.answer.wire.UsualRequest;
import io.wgsd.server.answer.wire.WireFormat;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A signed zone's answers with their signatures, each made when it is first asked for, and kept for as long as the zone
 * is the same: most peers' are never asked for with signatures, so that making all of them would be in vain.
 *
 * <p>Only answers at names that exist are kept, since anyone can think of others without end. Thread-safe, without a
 * lock: two threads may make the same answer, and the first stays.
 */
final class SignedAnswers {

    private static final int MOST_PLACES = 1 << 16;
    private static final int LEAST_PLACES = 1 << 8;
    private static final long MOST_BYTES = 16L << 20;

    /** What an answer takes besides the bytes of its name and its records. */
    private static final int OVERHEAD = 96;

    private static final Edns SIGNED_EDNS =
            new Edns(WireFormat.MAX_UDP_RESPONSE, WireFormat.EDNS_VERSION, true, null, false);

    private final Zone zone;
    private final Answers answers;
    private final long seed;
    private final AtomicReferenceArray<@Nullable Kept> places;
    private final AtomicLong bytes = new AtomicLong();

    /** An answer, at a name in lower case; two that meet in a place take turns. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, nor handed out of this class
    private record Kept(byte[] name, int type, ResponseTail tail) {

        boolean isFor(UsualRequest request) {
            return type == request.type() && request.nameLength() == name.length && request.endsWith(name);
        }

        long length() {
            return OVERHEAD + (long) name.length + tail.bytes().length + tail.options().length;
        }
    }

    SignedAnswers(Zone zone, long seed) {
        this.zone = zone;
        this.seed = seed;
        answers = new Answers(zone.options().names());
        int wanted = Integer.highestOneBit(Math.max(1, zone.peers().size())) << 3;
        places = new AtomicReferenceArray<>(Math.min(MOST_PLACES, Math.max(LEAST_PLACES, wanted)));
    }

    /**
     * Answers a request for a name in the zone, of a type that can be asked for.
     *
     * @return how many bytes the answer has, or {@link QuickAnswers#NONE}
     */
    int answer(UsualRequest request, byte[] response) {
        int hash = LetterCase.hash(request.message(), WireFormat.HEADER_LENGTH, request.nameLength(), seed);
        int place = hash + request.type() * 31 & places.length() - 1;
        Kept kept = places.get(place);
        if (kept == null || !kept.isFor(request)) {
            Kept made = make(request);
            if (made == null) {
                return QuickAnswers.NONE;
            }
            keep(place, kept, made);
            kept = made;
        }
        ResponseTail tail = kept.tail();
        return request.respond(
                tail.flags(), tail.counts(), tail.bytes(), 0, tail.bytes().length, tail.options(), response);
    }

    private void keep(int place, @Nullable Kept before, Kept made) {
        long more = made.length() - (before == null ? 0 : before.length());
        // Another thread may have put an answer there meanwhile, of another length.
        if (bytes.addAndGet(more) > MOST_BYTES || !places.compareAndSet(place, before, made)) {
            bytes.addAndGet(-more);
        }
    }

    /** Returns what the answers that are kept take, as they were counted. */
    long counted() {
        return bytes.get();
    }

    /** Returns what they take. */
    long kept() {
        return IntStream.range(0, places.length())
                .mapToObj(places::get)
                .flatMap(Stream::ofNullable)
                .mapToLong(Kept::length)
                .sum();
    }

    private @Nullable Kept make(UsualRequest request) {
        byte[] lower = new byte[request.nameLength()];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (byte) LetterCase.lower(request.message()[WireFormat.HEADER_LENGTH + i]);
        }
        Name name;
        try {
            name = new Name(lower);
        } catch (IOException e) {
            return null;
        }
        return ZoneLookup.of(zone, name, request.type()).rcode() == Rcode.NOERROR
                ? new Kept(lower, request.type(), ResponseTail.of(answers, zone, name, request.type(), SIGNED_EDNS))
                : null;
    }

    /** Returns whether this class may answer for a type: not for a SOA, whose serial is noted elsewhere. */
    static boolean concerns(int type) {
        return type != 0 && type < WireFormat.FIRST_META_TYPE && type != Type.OPT && type != Type.SOA;
    }
}
