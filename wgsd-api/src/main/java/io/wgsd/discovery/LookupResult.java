package io.wgsd.discovery;

import io.wgsd.dnssd.Advertisement;
import java.util.Optional;

/**
 * The result of looking up one of several peers. Immutable and thread-safe.
 *
 * <p>There are these three kinds, and no more will be added: a {@code switch} over them needs no {@code default}.
 */
public sealed interface LookupResult {

    /**
     * The registry advertises the peer.
     *
     * @param advertisement what it says, with at least one endpoint
     */
    record Found(Advertisement advertisement) implements LookupResult {}

    /** The registry does not advertise the peer. */
    record Absent() implements LookupResult {}

    /**
     * The registry could not be asked.
     *
     * @param cause why
     */
    record Failed(DiscoveryException cause) implements LookupResult {}

    /**
     * Returns what the registry says, if it was found.
     *
     * @return the advertisement; empty where the peer is absent or the look-up failed
     */
    default Optional<Advertisement> found() {
        return this instanceof Found found ? Optional.of(found.advertisement()) : Optional.empty();
    }
}
