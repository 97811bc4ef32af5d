package io.wgsd.testkit.net.ip;

import io.wgsd.model.IpAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many ICMP errors Linux sends to one destination, regardless of what they are about: six at once, and one more for
 * each second that passes (net/ipv4/inetpeer.c, inet_peer_xrlim_allow; net/ipv4/icmp.c, icmp_ratelimit). Not
 * thread-safe.
 */
public final class IcmpLimit {

    private static final long PRICE = Duration.ofSeconds(1).toNanos();
    private static final long MOST = 6 * PRICE;

    private final Map<IpAddress, Bucket> buckets = new HashMap<>();

    private record Bucket(long tokens, long at) {}

    /** Returns whether one more error may go to a destination, and counts it. */
    public boolean allows(IpAddress destination, long now) {
        Bucket before = buckets.getOrDefault(destination, new Bucket(MOST, now));
        long tokens = Math.min(MOST, before.tokens() + now - before.at());
        boolean allowed = tokens >= PRICE;
        buckets.put(destination, new Bucket(allowed ? tokens - PRICE : tokens, now));
        return allowed;
    }
}
