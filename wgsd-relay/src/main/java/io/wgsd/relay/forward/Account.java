package io.wgsd.relay.forward;

import io.wgsd.internal.TokenBucket;
import io.wgsd.relay.roster.Member;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one member takes of the tables; plain data of {@link Forwarding}. */
final class Account {

    final TokenBucket search = new TokenBucket(Limits.SEARCH);
    final TokenBucket roaming = new TokenBucket(Limits.ROAMING);
    final Map<Member, Pair> pairs = new LinkedHashMap<>();
    int routes;
    int pending;
    int held;
}
