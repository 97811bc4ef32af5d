/** Connections of clients: whole messages in, whole messages out, and what each client may take up. */
@NullMarked
package io.wgsd.server.transport.tcp;

import org.jspecify.annotations.NullMarked;
