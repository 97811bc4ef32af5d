/**
 * The pure core of an agent: what is done about each peer, decided from what is remembered and what is seen, without a
 * socket, a clock or a thread. Not exported.
 *
 * <p>{@link io.wgsd.discovery.decide.DeviceDecider} decides about a device, and {@link
 * io.wgsd.discovery.decide.PeerDecider} about one peer; {@link io.wgsd.discovery.decide.Session} says whether a session
 * is live. No other room is known here.
 */
@NullMarked
package io.wgsd.discovery.decide;

import org.jspecify.annotations.NullMarked;
