package io.wgsd.discovery.registry;

import io.wgsd.discovery.DiscoveryException;
import io.wgsd.discovery.LookupResult;
import io.wgsd.discovery.PeerLookup;
import io.wgsd.discovery.lookup.PassRegistry;
import io.wgsd.model.PublicKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A registry that a pass asks in a way of the application's own. Thread-safe.
 *
 * @param lookup the application's
 */
public record LookupRegistry(PeerLookup lookup) implements PassRegistry {

    /** As long as a client's default; the application's own limit is not known. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public List<InetSocketAddress> servers() {
        return lookup.servers();
    }

    @Override
    public Duration timeout() {
        return TIMEOUT;
    }

    @Override
    public boolean isProven() {
        return lookup.isAuthenticated();
    }

    /** It is the application's own business from which address it asks. */
    @Override
    public Map<PublicKey, LookupResult> findEndpoints(
            Collection<PublicKey> keys, Function<InetSocketAddress, Optional<InetAddress>> sources)
            throws DiscoveryException {
        return lookup.lookupAll(keys);
    }
}
