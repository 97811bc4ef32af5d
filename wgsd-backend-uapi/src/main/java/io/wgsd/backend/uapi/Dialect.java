package io.wgsd.backend.uapi;

import io.wgsd.spi.Capabilities;
import java.time.Duration;

/** How the programs behind the sockets differ when a device is changed. */
enum Dialect {

    /** wireguard-go since 2025-05-20 (device/uapi.go, commit 256bcbd): one prefix can be removed. */
    EDITS_PREFIXES(true, true),

    /** Earlier wireguard-go: several peers in one transaction, a peer more than once, update-only. */
    EDITS(true, false),

    /**
     * boringtun (src/device/api.rs and mod.rs): no update-only; settings of a peer leak into the next one of the same
     * transaction, and changing a peer that exists makes it panic. So a peer is removed and added again instead, one
     * transaction each.
     */
    RECREATES(false, false);

    private final boolean edits;
    private final boolean removesPrefixes;

    Dialect(boolean edits, boolean removesPrefixes) {
        this.edits = edits;
        this.removesPrefixes = removesPrefixes;
    }

    boolean edits() {
        return edits;
    }

    boolean removesPrefixes() {
        return removesPrefixes;
    }

    Capabilities capabilities() {
        return Capabilities.builder()
                .atomicUpdateOnly(edits)
                .atomicRestart(edits)
                .singlePrefixRemoval(removesPrefixes)
                // Both programs answer under a lock that a change takes, too.
                .consistentSnapshot(true)
                .handshakePrecision(edits ? Duration.ofNanos(1) : Duration.ofSeconds(1))
                .build();
    }
}
