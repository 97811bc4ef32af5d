package io.wgsd.internal.exchange;

/** A datagram that was sent for a question, and under which id its answer will come. */
record Sent(Pending owner, Step.Ask ask, UdpPort port, int id) {}
