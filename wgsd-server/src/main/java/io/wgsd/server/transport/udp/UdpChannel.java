package io.wgsd.server.transport.udp;

import java.nio.channels.DatagramChannel;
import java.util.OptionalInt;

/**
 * A UDP socket.
 *
 * @param channel what the Java runtime knows of it
 * @param descriptor its descriptor, where that could be found out
 */
public record UdpChannel(DatagramChannel channel, OptionalInt descriptor) {}
