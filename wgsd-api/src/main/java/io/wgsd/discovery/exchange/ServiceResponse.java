package io.wgsd.discovery.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/**
 * The usual response to a question for SRV, read off the wire: one SRV, the addresses of its target, and perhaps a TXT.
 *
 * <p>That takes a small part of the time that a dnsjava message and its records take, above all in a process that has
 * just begun. Anything unusual is not read here, and dnsjava accepts or refuses it. Immutable and thread-safe.
 *
 * @param port the SRV's port, which is not 0
 * @param addresses the addresses of the SRV's target, of 4 or 16 bytes, in the order in which they came; at least one
 * @param text the TXT's strings, each behind its length, with a character for each byte; empty where there was none
 */
public record ServiceResponse(int port, List<byte[]> addresses, String text) {

    /**
     * Reads a response.
     *
     * @param query what was asked, as {@link Question#toWire} writes it
     * @return null where the response is not the usual one
     */
    static @Nullable ServiceResponse read(byte[] query, byte[] response) {
        Reader reader = new Reader(query, response);
        return reader.isUsual() ? new ServiceResponse(reader.port, reader.addresses, reader.text) : null;
    }

    /** Goes through one response, from its beginning to its end. */
    private static final class Reader {

        private static final int HEADER = 12;
        /**
         * A response of opcode QUERY without an error, and not cut; other flags do not matter (RFC 1035, section
         * 4.1.1).
         */
        private static final int FLAGS = 0xfa0f;

        private static final int RESPONSE = 0x8000;
        private static final int MOST_ADDITIONAL = 16;
        /** Type, class, time to live and length, behind the owner's name. */
        private static final int FIXED = 10;
        /** Priority, weight and port, before the target. */
        private static final int SRV_FIXED = 6;

        private static final int POINTER = 0xc0;
        private static final int OFFSET = 0x3fff;
        private static final int MOST_LABEL = 63;
        private static final int MOST_NAME = 255;

        private final byte[] query;
        private final byte[] response;
        /** Where the question ends, in the query and in the response. */
        private final int questionEnd;

        private final List<byte[]> addresses = new ArrayList<>(2);
        private String text = "";
        private boolean hasOpt;
        private int port;
        private int target;

        // Of the record that is being read: where its owner, its fields behind that, and its data begin, and where it
        // ends.
        private int owner;
        private int fields;
        private int data;
        private int end;

        Reader(byte[] query, byte[] response) {
            this.query = query;
            this.response = response;
            questionEnd = Question.end(query);
            end = questionEnd;
        }

        boolean isUsual() {
            if (!asksForService() || !hasUsualHeader() || !nextRecord() || !isService()) {
                return false;
            }
            for (int left = number(10); left > 0; left--) {
                if (!nextRecord() || !isAdditional()) {
                    return false;
                }
            }
            return end == response.length && !addresses.isEmpty();
        }

        private boolean asksForService() {
            return query[questionEnd - 4] == 0 && query[questionEnd - 3] == Type.SRV;
        }

        /** Compares the bytes of the question: another letter case is valid too (RFC 4343), but not usual. */
        private boolean hasUsualHeader() {
            return response.length > questionEnd
                    && response[0] == query[0]
                    && response[1] == query[1]
                    && (number(2) & FLAGS) == RESPONSE
                    && number(4) == 1
                    && number(6) == 1
                    && number(8) == 0
                    && number(10) <= MOST_ADDITIONAL
                    && Arrays.equals(query, HEADER, questionEnd, response, HEADER, questionEnd);
        }

        /** Goes to the next record; false where there is no whole one. */
        private boolean nextRecord() {
            owner = end;
            fields = nameEnd(owner);
            data = fields + FIXED;
            if (fields == 0 || data > response.length) {
                return false;
            }
            end = data + number(data - 2);
            return end <= response.length;
        }

        private boolean isService() {
            target = data + SRV_FIXED;
            if (!is(Type.SRV) || end <= target + 1 || !isSame(owner, HEADER)) {
                return false;
            }
            port = number(target - 2);
            // A target without a pointer (RFC 2782).
            return port != 0 && labelsEnd(target) == end - 1 && response[end - 1] == 0 && end - target <= MOST_NAME;
        }

        private boolean isAdditional() {
            if (number(fields) == Type.OPT) {
                return isPlainOpt();
            }
            int length = end - data;
            if (is(Type.TXT)) {
                boolean usual = text.isEmpty() && length > 0 && areStrings() && isSame(owner, HEADER);
                text = new String(response, data, length, StandardCharsets.ISO_8859_1);
                return usual;
            }
            addresses.add(Arrays.copyOfRange(response, data, end));
            return ((is(Type.A) && length == 4) || (is(Type.AAAA) && length == 16)) && isSame(owner, target);
        }

        /** At the root, without an extended code, flags or options, and of version 0 (RFC 6891, section 6.1). */
        private boolean isPlainOpt() {
            boolean usual = !hasOpt
                    && response[owner] == 0
                    && end == data
                    && number(fields + 4) == 0
                    && number(fields + 6) == 0;
            hasOpt = true;
            return usual;
        }

        /** Whether the record has this type, and a class and a time to live that are right (RFC 2181, section 8). */
        private boolean is(int type) {
            return number(fields) == type && number(fields + 2) == DClass.IN && response[fields + 4] >= 0;
        }

        private boolean areStrings() {
            int next = data;
            while (next < end) {
                next += 1 + (response[next] & 0xff);
            }
            return next == end;
        }

        /** Returns where a name ends, perhaps with a pointer; 0 where it does not. */
        private int nameEnd(int from) {
            int at = labelsEnd(from);
            if (at >= response.length) {
                return 0;
            }
            return response[at] == 0 ? at + 1 : isPointer(at) ? at + 2 : 0;
        }

        /** Returns where the labels end that begin here. */
        private int labelsEnd(int from) {
            int at = from;
            while (at < response.length && response[at] > 0 && response[at] <= MOST_LABEL) {
                at += 1 + response[at];
            }
            return at;
        }

        /** Whether a name is byte for byte the same as another that is whole and has no pointers. */
        private boolean isSame(int name, int whole) {
            int one = name;
            int other = whole;
            while (one < response.length) {
                if (isPointer(one)) {
                    int to = number(one) & OFFSET;
                    // Only backwards, as in dnsjava; so this ends.
                    if (to >= one) {
                        return false;
                    }
                    one = to;
                } else if (one == other) {
                    return true;
                } else {
                    int next = one + 1 + response[other];
                    if (next > response.length
                            || !Arrays.equals(response, one, next, response, other, other + next - one)) {
                        return false;
                    }
                    if (response[other] == 0) {
                        return true;
                    }
                    other += next - one;
                    one = next;
                }
            }
            return false;
        }

        private boolean isPointer(int at) {
            return (response[at] & POINTER) == POINTER && at + 1 < response.length;
        }

        private int number(int at) {
            return ((response[at] & 0xff) << 8) | (response[at + 1] & 0xff);
        }
    }
}
