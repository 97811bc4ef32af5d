package io.wgsd.relay.carrier;

import io.wgsd.internal.Rate;
import java.time.Duration;

/**
 * How much of this host connections may take up.
 *
 * @param connections how many there may be, each with some 80 KiB of memory
 * @param perNetwork how many of them one /24 or /56 may have
 * @param begun how many one /24 or /56 may begin
 * @param handshake how long a handshake may last
 * @param unproven how long a connection may last to which the destination has not responded, since it is no member's
 * @param idle how long nothing may come
 */
public record CarrierLimits(
        int connections, int perNetwork, Rate begun, Duration handshake, Duration unproven, Duration idle) {

    /**
     * Returns the usual limits: a network's share is what an office of thirty members takes.
     *
     * @return the default
     */
    public static CarrierLimits defaults() {
        return new CarrierLimits(
                1024, 64, new Rate(5, 64), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(3));
    }
}
