/**
 * The machine around the command: its service manager, SIGHUP, the socket for {@code wgsd status}, and files that outlive
 * a run. It knows nothing of the other rooms. Read {@code StatusSocket} first.
 */
@NullMarked
package io.wgsd.command.host;

import org.jspecify.annotations.NullMarked;
