package io.wgsd.testkit.net;

/** Where a datagram arrives: at a host's port. */
record Delivery(SimulatedHost host, int port) {}
