package io.wgsd.spi;

/**
 * Where packets that a WireGuard device sends to its peers' endpoints leave this host. No more constants will be added.
 */
public enum OuterRoute {
    /** Through an interface other than the device itself, or to this host itself. */
    OUTSIDE,
    /** Through the device itself, which would wrap them again and again. */
    INTO_ITSELF,
    /** Nowhere: there is no route, or one that forbids it. */
    NONE,
    /** It cannot be known here, as where the device's UDP socket is in another network namespace. */
    UNKNOWN
}
