/**
 * Room of {@code io.wgsd.command}: the port of a device that the router before this host forwards. {@code Routers} says
 * which router that is, {@code MappedPort} tells the agent of the port.
 */
@NullMarked
package io.wgsd.command.portmap;

import org.jspecify.annotations.NullMarked;
