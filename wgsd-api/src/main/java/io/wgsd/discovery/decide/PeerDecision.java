package io.wgsd.discovery.decide;

import io.wgsd.model.Endpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about one peer. Immutable and thread-safe.
 *
 * @param memory what is to be remembered
 * @param act what is to be done; null where nothing is
 * @param ask whether the registries are to be asked about it
 * @param lookAgainIn after how long the device should be read again because of this peer
 */
record PeerDecision(PeerMemory memory, @Nullable Action act, boolean ask, Duration lookAgainIn) {

    /**
     * What is done to one peer.
     *
     * @param endpoint the endpoint that it gets; null where it keeps what it has
     * @param restart whether it is restarted
     * @param keepalive whether its persistent keepalive is switched on, which is off
     * @param datagram whether a datagram is sent to it
     */
    record Action(@Nullable Endpoint endpoint, boolean restart, boolean keepalive, boolean datagram) {

        boolean writes() {
            return endpoint != null || restart || keepalive;
        }
    }
}
