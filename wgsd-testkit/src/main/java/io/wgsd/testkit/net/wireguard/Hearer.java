package io.wgsd.testkit.net.wireguard;

/** Who hears a datagram at the end of its way. */
@FunctionalInterface
public interface Hearer {

    /** Returns whether data of a session, sent under the receiver's index, would be opened now. */
    boolean opens(int index, long session);
}
