/**
 * Moving a live session from a relay to the direct path: when that is attempted, and how. Pure functions of what is
 * remembered and of what the device shows. Not exported.
 *
 * <p>{@link io.wgsd.discovery.decide.move.MoveSteps} is the way it is done without losing a packet.
 */
@NullMarked
package io.wgsd.discovery.decide.move;

import org.jspecify.annotations.NullMarked;
