package io.wgsd.portmap;

import io.wgsd.model.Endpoint;
import io.wgsd.model.IpAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A port that a router forwards to this host, as the router says.
 *
 * @param protocol how it was asked for
 * @param gateway the router
 * @param internalPort the UDP port of this host
 * @param external the endpoint that the router claims for it
 * @param until when it ends unless it is renewed, by the wall clock
 */
public record PortMapping(
        MappingProtocol protocol, Gateway gateway, int internalPort, Endpoint external, Instant until) {

    /**
     * Refuses null.
     *
     * @param protocol how it was asked for
     * @param gateway the router
     * @param internalPort the UDP port of this host
     * @param external the endpoint that the router claims for it
     * @param until when it ends
     */
    public PortMapping {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(external, "external");
        Objects.requireNonNull(until, "until");
    }

    /**
     * Returns where others can reach this host by it. A router may lie, or be behind another NAT: so that nobody is
     * led to a third party's address, the router's word counts only where somebody outside sees this host at the same
     * address.
     *
     * @param seen this host's address, as a registry sees it
     * @return the external endpoint; empty where its address is another one
     */
    public Optional<Endpoint> reachableAt(IpAddress seen) {
        return external.address().equals(seen) ? Optional.of(external) : Optional.empty();
    }
}
