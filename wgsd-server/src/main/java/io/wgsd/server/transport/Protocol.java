package io.wgsd.server.transport;

/** What carried a message. */
public enum Protocol {
    /** One datagram each way, whose source may be forged (RFC 1035, section 4.2.1). */
    UDP,
    /** A stream in which each message follows its length (RFC 1035, section 4.2.2, and RFC 7766). */
    TCP
}
