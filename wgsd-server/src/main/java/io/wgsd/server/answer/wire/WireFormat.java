package io.wgsd.server.answer.wire;

/** The numbers of the wire format of DNS messages. */
public final class WireFormat {

    /** Where servers listen (RFC 1035, section 4.2). */
    public static final int DNS_PORT = 53;

    /** The header of a message (RFC 1035, section 4.1.1). */
    public static final int HEADER_LENGTH = 12;
    /** Type and class, which a question has behind its name (RFC 1035, section 4.1.2). */
    public static final int QUESTION_FIXED = 4;
    /** Type, class, TTL and length of the data, which a record has behind its owner (RFC 1035, section 4.1.3). */
    public static final int RECORD_FIXED = 10;
    /** Priority, weight and port, which an SRV record has before its target (RFC 2782). */
    public static final int SRV_FIXED = 6;

    /** The longest label, and the longest name with the lengths of its labels (RFC 1035, section 2.3.4). */
    public static final int MAX_LABEL = 63;

    public static final int MAX_NAME = 255;

    /** The first byte of a pointer to an earlier name is at least this (RFC 1035, section 4.1.4). */
    public static final int POINTER = 0xc0;

    public static final int POINTER_LENGTH = 2;
    /** Pointers reach names only within so many bytes of a message (RFC 1035, section 4.1.4). */
    public static final int POINTER_REACH = 16_384;

    /**
     * The longest message there is: over TCP its length has two bytes, which go before it (RFC 1035, section 4.2.2).
     */
    public static final int MAX_MESSAGE = 65_535;

    public static final int LENGTH_PREFIX = 2;

    /** The longest message over UDP without EDNS, and the least that EDNS can ask for (RFC 6891, section 6.2.3). */
    public static final int MAX_PLAIN_UDP = 512;
    /** The longest message over UDP that is sent here, and that is asked for (RFC 9715, section 3). */
    public static final int MAX_UDP_RESPONSE = 1232;

    /** An OPT record without options: the root as its owner, and its fixed part (RFC 6891, section 6.1.2). */
    public static final int OPT_LENGTH = 1 + RECORD_FIXED;
    /** Code and length of an option (RFC 6891, section 6.1.2). */
    public static final int OPTION_FIXED = 4;

    public static final int EDNS_VERSION = 0;
    /** The flag of an OPT record by which signatures are asked for (RFC 3225). */
    public static final int DNSSEC_OK = 0x8000;

    /** Types from here on, up to the last one, are asked for and have no records (RFC 6895, section 3.1). */
    public static final int FIRST_META_TYPE = 128;

    public static final int LAST_META_TYPE = 255;

    private WireFormat() {}
}
