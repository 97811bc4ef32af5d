package io.wgsd.relay.carrier;

import java.util.concurrent.atomic.AtomicLong;

/** What was counted. Thread-safe. */
public final class CarrierTally {

    /** Connections at this moment. */
    public final AtomicLong open = new AtomicLong();

    /** Connections that were begun. */
    public final AtomicLong accepted = new AtomicLong();

    /** Connections that were refused, since there are limits, or gave way to others. */
    public final AtomicLong refused = new AtomicLong();

    /** Packets from members. */
    public final AtomicLong received = new AtomicLong();

    /** Packets to members, those that were dropped included. */
    public final AtomicLong sent = new AtomicLong();

    /** Packets to members that waited for too long. */
    public final AtomicLong late = new AtomicLong();

    /** Begins with nothing. */
    public CarrierTally() {}
}
