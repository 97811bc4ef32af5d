/**
 * The pure core of an agent: what is done about each peer, decided from what is remembered and what is seen, without a
 * socket, a clock or a thread. Not exported.
 *
 * <p>{@link io.wgsd.discovery.decide.DeviceDecider} decides about a device, and {@link
 * io.wgsd.discovery.decide.PeerDecider} about one peer. Its rooms:
 *
 * <ul>
 *   <li>{@code session}: what the readings of a peer show; read {@code Session} first
 *   <li>{@code relay}: relays, and by which one a peer is reached; read {@code RelayView} first
 *   <li>{@code move}: leaving a relay for the direct path; read {@code MoveSteps} first
 *   <li>{@code local}: what a peer has registered of itself, and what of it is tried; read {@code LocalRules} first
 * </ul>
 *
 * <p>No other room of the agent is known here.
 */
@NullMarked
package io.wgsd.discovery.decide;

import org.jspecify.annotations.NullMarked;
