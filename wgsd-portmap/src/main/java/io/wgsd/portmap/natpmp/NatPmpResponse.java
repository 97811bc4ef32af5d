package io.wgsd.portmap.natpmp;

import io.wgsd.model.IpAddress;
import java.util.Optional;

/**
 * A response of a NAT-PMP server, RFC 6886, sections 3.2 to 3.5.
 *
 * @param version the version that it speaks; 0 is NAT-PMP
 * @param operation to what it responds
 * @param result the result code, 0 for success
 * @param epoch seconds, unsigned: how long the server has known what it knows
 * @param external its external address, where that was asked for
 * @param mapping the mapping, where that was asked for
 */
public record NatPmpResponse(
        int version, int operation, int result, long epoch, Optional<IpAddress> external, Optional<Mapping> mapping) {

    /**
     * A mapping.
     *
     * @param internalPort the client's port
     * @param externalPort the router's
     * @param lifetime seconds, unsigned
     */
    public record Mapping(int internalPort, int externalPort, long lifetime) {}

    private static final String[] NAMES = {
        "success",
        "unsupported version",
        "not authorized",
        "network failure",
        "out of resources",
        "unsupported operation"
    };

    boolean isSuccess() {
        return result == 0;
    }

    /** Returns the result code in the words of the RFC. */
    String resultName() {
        return result < NAMES.length ? NAMES[result] : "result code " + result;
    }
}
