/** The relay beside a TURN server and the kernel's own forwarding. Read {@code RelayTimes} first. */
@org.jspecify.annotations.NullMarked
package io.wgsd.benchmarks.relay;
