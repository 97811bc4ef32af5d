package io.wgsd.server.answer;

import io.wgsd.server.answer.wire.MessageHeader;
import org.xbill.DNS.Rcode;

/** What became of a message. */
public enum Outcome {
    /** Answered with records. */
    ANSWERED,
    /** Answered, but so that the client must repeat the question over TCP. */
    TRUNCATED,
    /** The whole zone was handed over (RFC 5936). */
    TRANSFERRED,
    /** What changed since the client's serial was handed over (RFC 1995). */
    TRANSFERRED_CHANGES,
    /** The name exists, but has no records of that type (RFC 2308, section 2.2). */
    NO_DATA,
    /** The name does not exist (RFC 2308, section 2.1). */
    NAME_ERROR,
    /** A peer's own candidates were taken (RFC 2136, RFC 9664). */
    REGISTERED,
    /** They were not, since nobody sees the peer at one of them. */
    NOT_REGISTERED,
    /** The client may not have it, or it is not of this zone. */
    REFUSED,
    /** Not understood. */
    MALFORMED,
    /** Understood, but not offered. */
    NOT_IMPLEMENTED,
    /** Asked in a version of EDNS that is not spoken here (RFC 6891, section 6.1.3). */
    BAD_VERSION,
    /**
     * Signed with a key that is not known here, or not as that key signs, or at another time (RFC 8945, section 5.2).
     */
    BAD_SIGNATURE,
    /** No more than a cookie was asked for (RFC 7873, section 5.4). */
    COOKIE,
    /** Not answered: too many answers go there. */
    LIMITED,
    /** Answered with the word to come again by TCP or with a cookie: too many answers go there. */
    PUT_OFF,
    /** Told that another server has a newer zone, and taken (RFC 1996). */
    NOTIFIED,
    /** There is no zone yet. */
    NOT_READY,
    /** Not answered: the source is forged. */
    FORGED,
    /** Not answered: no request, but a response, or not even a header. */
    IGNORED;

    /**
     * Returns what an answer from the zone is.
     *
     * @param flags the header's flags, the response code among them
     * @param answers how many records are in the answer section
     */
    public static Outcome ofAnswer(int flags, int answers) {
        if ((flags & MessageHeader.TC) != 0) {
            return TRUNCATED;
        }
        if (answers > 0) {
            return ANSWERED;
        }
        return (flags & MessageHeader.RCODE) == Rcode.NXDOMAIN ? NAME_ERROR : NO_DATA;
    }
}
