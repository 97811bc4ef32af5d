/**
 * Relays as an agent sees them: which there are, and by which one a peer can be reached. Pure functions of what the
 * registries say and of what the device shows. Not exported.
 *
 * <p>{@link io.wgsd.discovery.decide.relay.RelayDecider} decides to which relays this host attaches and whether they
 * work; {@link io.wgsd.discovery.decide.relay.RelayChoice} chooses the relay of a pair.
 */
@NullMarked
package io.wgsd.discovery.decide.relay;

import org.jspecify.annotations.NullMarked;
