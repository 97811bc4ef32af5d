/**
 * Any system's WireGuard as a peer source, by its {@code wg} command.
 *
 * <p>A backend: it implements {@code io.wgsd.spi}, and no other package uses it but through that. {@link
 * io.wgsd.backend.cli.CliPeerSourceProvider} is all that is public. It has no rooms. Read {@code CliPeerSource} first,
 * then {@code Wg}, which runs the command, {@code DeviceReader} for its output and {@code Planner} for its arguments.
 */
@NullMarked
package io.wgsd.backend.cli;

import org.jspecify.annotations.NullMarked;
