package io.wgsd.dnssd.records;

import java.time.Duration;

/** The range of a time to live: 31 bits of seconds (RFC 2181, section 8). */
public final class Ttl {

    private Ttl() {}

    public static long seconds(Duration ttl) {
        if (ttl.isNegative() || ttl.getNano() != 0 || ttl.getSeconds() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("TTL must be whole seconds, 0 to " + Integer.MAX_VALUE + ", was " + ttl);
        }
        return ttl.getSeconds();
    }
}
