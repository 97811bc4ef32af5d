package io.wgsd.internal.tls;

import java.util.Optional;

/** To whom packets are carried: what a client asks for as its application protocol (RFC 7301). */
public enum Destination {

    /** The relay. */
    RELAY("wgsd-relay"),

    /** The WireGuard device of the registry. */
    REGISTRY("wgsd-registry");

    private final String protocol;

    Destination(String protocol) {
        this.protocol = protocol;
    }

    /** Returns its name in a handshake. */
    public String protocol() {
        return protocol;
    }

    /** Returns the destination of a name; empty where it is none. */
    public static Optional<Destination> of(String protocol) {
        for (Destination each : values()) {
            if (each.protocol.equals(protocol)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
