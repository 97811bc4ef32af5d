/** Where the registry listens: which addresses there are, the sockets at each, and how messages arrive there. */
@NullMarked
package io.wgsd.server.transport.bind;

import org.jspecify.annotations.NullMarked;
