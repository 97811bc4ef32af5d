package io.wgsd.discovery.carrier;

import io.wgsd.model.Peer;
import java.time.Duration;

/**
 * One of the peers whose packets may be carried, as it is seen at one time.
 *
 * @param peer as it was read
 * @param behind what has come from and gone to the peers that are reached by it
 * @param overTls whether its endpoint is the socket from which its packets are carried
 * @param open whether there is a connection
 * @param down for how long there has been none although one is wanted; zero where there is one, or none is wanted
 */
record LineSight(Peer peer, Traffic behind, boolean overTls, boolean open, Duration down) {

    /**
     * How many bytes there were.
     *
     * @param rx received
     * @param tx sent
     */
    record Traffic(long rx, long tx) {

        static final Traffic NONE = new Traffic(0, 0);
    }
}
