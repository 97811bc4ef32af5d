/**
 * Where the registry listens: which addresses there are, the sockets at each, and how messages arrive there.
 *
 * <p>Read {@code Listening} first: it follows a {@code ListenPlan} and has {@code AddressSockets} for each address.
 */
@NullMarked
package io.wgsd.server.transport.bind;

import org.jspecify.annotations.NullMarked;
