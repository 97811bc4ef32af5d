package io.wgsd.spi;

/**
 * What {@link PeerSources} found out about one backend. Immutable and thread-safe.
 *
 * @param name the backend's name; for one that failed to load, its class where that is known
 * @param priority its place in line, greatest first
 * @param availability whether it can work here, and if not, why, and what to do about it
 */
public record BackendStatus(String name, int priority, Availability availability) {}
