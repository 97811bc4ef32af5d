package io.wgsd.testkit.net;

/**
 * How a NAT maps and filters UDP, in the words of RFC 3489, section 5; RFC 4787, sections 4.1 and 5, splits them into a
 * mapping and a filtering behaviour. More kinds may be added.
 */
public enum NatKind {
    /** One public port for each inside socket, open to everyone: endpoint-independent mapping and filtering. */
    FULL_CONE,

    /** One public port for each inside socket; hears only addresses that it has sent to. */
    ADDRESS_RESTRICTED_CONE,

    /** One public port for each inside socket; hears only addresses and ports that it has sent to. */
    PORT_RESTRICTED_CONE,

    /** A random public port for each flow; hears only the address and port that the flow goes to. */
    SYMMETRIC
}
