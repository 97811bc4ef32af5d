package io.wgsd.server.zone;

import io.wgsd.dnssd.Advertisement;
import io.wgsd.dnssd.Zone;
import io.wgsd.dnssd.ZoneOptions;
import java.util.List;

/**
 * A zone that replaces another, and what it was made of. Immutable and thread-safe.
 *
 * @param journal the zone, and how it became what it is
 * @param options what it has besides peers
 * @param peers which peers it has
 * @param named what it says of peers at their names
 * @param numbered whether it has another serial than the one before; if not, that follows within half a second
 */
public record ZoneVersion(
        Journal journal, ZoneOptions options, List<Advertisement> peers, List<NamedPeer> named, boolean numbered) {

    public ZoneVersion {
        peers = List.copyOf(peers);
        named = List.copyOf(named);
    }

    /** Returns what is answered from now on. */
    public Zone zone() {
        return journal.zone();
    }
}
