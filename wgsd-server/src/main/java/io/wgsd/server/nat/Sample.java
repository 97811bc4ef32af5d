package io.wgsd.server.nat;

import io.wgsd.model.Endpoint;

/**
 * That an observer heard a peer.
 *
 * @param observer who heard it
 * @param source from where the peer's packet came
 * @param nanos when, by a monotonic clock
 */
public record Sample(Observer observer, Endpoint source, long nanos) {

    boolean isIpv6() {
        return source.address().isIpv6();
    }

    boolean isNewerThan(Sample other) {
        return nanos - other.nanos > 0;
    }

    /** Returns whether it takes another sample's place. */
    boolean replaces(Sample other) {
        return observer.equals(other.observer) && isIpv6() == other.isIpv6();
    }
}
