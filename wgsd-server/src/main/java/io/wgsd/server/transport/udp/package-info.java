/** Datagrams in, datagrams out: one by one, or in batches on Linux. */
@NullMarked
package io.wgsd.server.transport.udp;

import org.jspecify.annotations.NullMarked;
