package io.wgsd.discovery.lookup;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The registry that a pass asks. */
public interface PassRegistry {

    /** Returns the servers that are asked. */
    List<InetSocketAddress> servers();

    /** Returns how long one look-up may take, by which a pass decides how long it waits for a session. */
    Duration timeout();

    /** Returns whether answers are proven, so that it does not matter how they came. */
    boolean isProven();

    /**
     * Looks several peers' endpoints up, from addresses of this host that the registry's own choice overrides; blocks.
     */
    Map<PublicKey, LookupResult> findEndpoints(
            Collection<PublicKey> keys, Function<InetSocketAddress, Optional<InetAddress>> sources)
            throws DiscoveryException;
}
