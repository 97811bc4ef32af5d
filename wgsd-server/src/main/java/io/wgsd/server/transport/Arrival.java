package io.wgsd.server.transport;

/** Through which interface a message came into this host. */
public enum Arrival {
    /** Through the WireGuard device, so that its source address has passed cryptokey routing. */
    DEVICE,
    /** Through the loopback interface, so from this host itself. */
    LOOPBACK,
    /** Through any other interface. */
    ELSEWHERE,
    /** This system does not say. */
    UNKNOWN
}
