/**
 * The machine around the command: its service manager, SIGHUP, and the socket for {@code wgsd status}. It knows nothing
 * of the other rooms. Read {@code StatusSocket} first.
 */
@NullMarked
package io.wgsd.command.host;

import org.jspecify.annotations.NullMarked;
