package io.wgsd.internal.exchange;

import java.time.Duration;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/**
 * A reply that was good enough, NXDOMAIN included.
 *
 * @param message the reply
 * @param took how long it took, from when the question was first sent
 */
public record Answer(Message message, Duration took) {

    /** Returns whether records are missing that could not be had over TCP either. */
    public boolean isTruncated() {
        return message.getHeader().getFlag(Flags.TC);
    }
}
