/**
 * Datagrams in, datagrams out: one by one, or in batches on Linux.
 *
 * <p>Read {@code UdpSocket} first; {@code BatchedUdpSocket} does the same with one system call for many.
 */
@NullMarked
package io.wgsd.server.transport.udp;

import org.jspecify.annotations.NullMarked;
