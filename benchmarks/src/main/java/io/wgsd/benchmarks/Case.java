package io.wgsd.benchmarks;

/**
 * What is measured.
 *
 * @param who the backend's name, or {@link #WG}
 * @param action what it does
 * @param peers how many peers the device has to which it is done; 0 where there is no device
 */
record Case(String who, Action action, int peers) {

    /** The program of wireguard-tools, as a whole process. */
    static final String WG = "wg";

    /** What is done. */
    enum Action {
        READ,
        /** Reads with the reading before at hand. */
        REREAD,
        CHANGE_ENDPOINT,
        /** Starts a process that does nothing. */
        START
    }
}
