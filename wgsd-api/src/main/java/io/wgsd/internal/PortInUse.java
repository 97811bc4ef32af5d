package io.wgsd.internal;

import java.util.OptionalInt;

/** Reports that a device's UDP port is in use, and what to do about it. */
public final class PortInUse {

    private PortInUse() {}

    /**
     * Returns the reason with its remedy.
     *
     * @param port the port that was to be set, where one was
     */
    public static String reason(OptionalInt port) {
        return port.isPresent()
                ? "another process uses port " + port.getAsInt() + "; choose another, or end that process"
                : "its port is in use; choose another, or end the process that uses it";
    }
}
