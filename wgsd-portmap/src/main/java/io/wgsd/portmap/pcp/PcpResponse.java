package io.wgsd.portmap.pcp;

import io.wgsd.model.IpAddress;
import java.util.Optional;

/**
 * A response of a PCP server, RFC 6887, section 7.2.
 *
 * @param version the version that it speaks; 0 for NAT-PMP
 * @param opcode to what it responds
 * @param result the result code, 0 for success
 * @param lifetime seconds, unsigned: how long a mapping lasts, or an error is to be taken for granted
 * @param epoch seconds, unsigned: how long the server has known what it knows
 * @param mapping what follows the header, where that is of the MAP opcode
 */
public record PcpResponse(int version, int opcode, int result, long lifetime, long epoch, Optional<Mapping> mapping) {

    /**
     * What the server says of a mapping, section 11.1.
     *
     * @param nonce 24 hexadecimal digits
     * @param protocol the transport protocol's number
     * @param internalPort the client's port
     * @param externalPort the port that was assigned
     * @param external the address that was assigned
     */
    public record Mapping(String nonce, int protocol, int internalPort, int externalPort, IpAddress external) {}

    static final int SUCCESS = 0;
    static final int UNSUPPORTED_VERSION = 1;

    private static final String[] NAMES = {
        "SUCCESS",
        "UNSUPP_VERSION",
        "NOT_AUTHORIZED",
        "MALFORMED_REQUEST",
        "UNSUPP_OPCODE",
        "UNSUPP_OPTION",
        "MALFORMED_OPTION",
        "NETWORK_FAILURE",
        "NO_RESOURCES",
        "UNSUPP_PROTOCOL",
        "USER_EX_QUOTA",
        "CANNOT_PROVIDE_EXTERNAL",
        "ADDRESS_MISMATCH",
        "EXCESSIVE_REMOTE_PEERS"
    };

    boolean isSuccess() {
        return result == SUCCESS;
    }

    /** Returns the result code as the RFC names it. */
    String resultName() {
        return result < NAMES.length ? NAMES[result] : "result code " + result;
    }
}
