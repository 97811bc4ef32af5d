package io.wgsd.portmap.protocol;

import io.wgsd.model.IpAddress;
import java.util.Optional;

/**
 * Whether a router speaks a protocol.
 *
 * @param offered whether it does
 * @param external the external address that it claims, where it says so
 * @param detail what was seen, as a clause
 */
public record Offer(boolean offered, Optional<IpAddress> external, String detail) {

    public static Offer none(String detail) {
        return new Offer(false, Optional.empty(), detail);
    }
}
