package io.wgsd.dnssd.push;

import io.wgsd.model.FormatException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * After how long a session ends (RFC 8490, section 7.1): values of a {@link DsoTlv#KEEPALIVE}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param inactivity how long there may be neither a subscription nor a request
 * @param keepalive how often the client is to send something
 */
public record SessionTimeouts(Duration inactivity, Duration keepalive) {

    /** The time that means "without end". */
    public static final Duration INFINITE = Duration.ofMillis(0xffff_ffffL);

    private static final int LENGTH = 8;

    /**
     * Makes a value.
     *
     * @param inactivity 0 to {@link #INFINITE}, in whole milliseconds
     * @param keepalive 0 to {@link #INFINITE}, in whole milliseconds
     * @throws IllegalArgumentException if either is out of range
     */
    public SessionTimeouts {
        if (inactivity.isNegative()
                || keepalive.isNegative()
                || inactivity.compareTo(INFINITE) > 0
                || keepalive.compareTo(INFINITE) > 0) {
            throw new IllegalArgumentException(
                    "timeouts are 0.." + INFINITE + ", were " + inactivity + ", " + keepalive);
        }
    }

    /**
     * Reads a TLV.
     *
     * @param tlv one of type {@link DsoTlv#KEEPALIVE}
     * @return its values
     * @throws FormatException if it has not the length of one
     */
    public static SessionTimeouts parse(DsoTlv tlv) {
        if (tlv.length() != LENGTH) {
            throw new FormatException("keepalive TLV", tlv.length() + " bytes", "it must have " + LENGTH);
        }
        ByteBuffer in = ByteBuffer.wrap(tlv.value());
        return new SessionTimeouts(millis(in), millis(in));
    }

    /**
     * Writes the values.
     *
     * @return a TLV of type {@link DsoTlv#KEEPALIVE}
     */
    public DsoTlv encode() {
        ByteBuffer out = ByteBuffer.allocate(LENGTH);
        out.putInt((int) inactivity.toMillis()).putInt((int) keepalive.toMillis());
        return DsoTlv.of(DsoTlv.KEEPALIVE, out.array());
    }

    private static Duration millis(ByteBuffer in) {
        return Duration.ofMillis(in.getInt() & 0xffff_ffffL);
    }
}
