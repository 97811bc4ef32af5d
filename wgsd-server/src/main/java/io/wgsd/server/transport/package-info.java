/** Sockets and the threads that serve them: messages in, messages out, over UDP and TCP; what they say is not known here. */
@NullMarked
package io.wgsd.server.transport;

import org.jspecify.annotations.NullMarked;
