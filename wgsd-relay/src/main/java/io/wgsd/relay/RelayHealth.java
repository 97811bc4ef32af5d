package io.wgsd.relay;

import java.util.List;

/**
 * Whether a relay does what it should. Immutable and thread-safe.
 *
 * @param running whether packets are forwarded: false once it is closed, or an error has ended it
 * @param problems what an operator should know, one line each; empty where all is well
 */
public record RelayHealth(boolean running, List<String> problems) {

    /**
     * Copies the list.
     *
     * @param running whether packets are forwarded
     * @param problems what an operator should know
     */
    public RelayHealth {
        problems = List.copyOf(problems);
    }

    /**
     * Returns whether all is well.
     *
     * @return whether the relay runs and has no problem
     */
    public boolean ok() {
        return running && problems.isEmpty();
    }
}
