package io.wgsd.portmap;

import io.wgsd.model.IpAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a router speaks a protocol by which it can be asked to forward ports.
 *
 * @param protocol the protocol
 * @param offered whether the router speaks it; it may still refuse to forward a port
 * @param external the external address that it claims, where it says so
 * @param detail what was seen, as a clause that begins with "it"
 */
public record MappingOffer(MappingProtocol protocol, boolean offered, Optional<IpAddress> external, String detail) {

    /**
     * Refuses null.
     *
     * @param protocol the protocol
     * @param offered whether the router speaks it
     * @param external the external address that it claims
     * @param detail what was seen
     */
    public MappingOffer {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(external, "external");
        Objects.requireNonNull(detail, "detail");
    }
}
