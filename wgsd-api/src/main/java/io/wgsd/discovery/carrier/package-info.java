/**
 * Carrying WireGuard's packets to the relay over TLS where no UDP gets through. Not exported.
 *
 * <p>{@code CarriageDecider} says when, a pure function; {@code CarriedDevice} carries that out, and lets everybody else
 * see endpoints as they would be without it; {@code CarrierLine} is a connection.
 */
@NullMarked
package io.wgsd.discovery.carrier;

import org.jspecify.annotations.NullMarked;
