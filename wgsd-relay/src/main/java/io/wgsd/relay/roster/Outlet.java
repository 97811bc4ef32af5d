package io.wgsd.relay.roster;

/** Where messages leave. */
@FunctionalInterface
public interface Outlet {

    /**
     * Sends a message, or loses it as networks do; does not wait.
     *
     * @param message the message, which is not kept
     * @param to where to
     */
    void send(byte[] message, Source to);
}
