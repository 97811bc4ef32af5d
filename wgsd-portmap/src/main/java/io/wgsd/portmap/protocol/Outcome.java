package io.wgsd.portmap.protocol;

import io.wgsd.model.Endpoint;
import java.time.Duration;

/** What comes of asking a router. */
public sealed interface Outcome {

    /**
     * The router forwards the port.
     *
     * @param held what it holds
     * @param external where it says that this is reached from outside
     * @param lifetime for how long, {@link Lifetimes#LEAST} to {@link Lifetimes#MOST}
     */
    record Granted(Held held, Endpoint external, Duration lifetime) implements Outcome {}

    /**
     * The router has answered, and does not forward it in a way that is of use.
     *
     * @param why a clause that names router and protocol
     * @param pause how long the router wants to be left in peace, as far as it says
     */
    record Refused(String why, Duration pause) implements Outcome {}

    /**
     * Nobody answers by this protocol.
     *
     * @param why a clause that names router and protocol
     */
    record Absent(String why) implements Outcome {}
}
