package io.wgsd.backend.uapi.transport;

import java.io.IOException;

/** Reports that a system call failed. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final int number;

    /**
     * Makes the exception.
     *
     * @param call the system call, as in "connect"
     * @param name the error's name, as in "ECONNREFUSED"
     * @param number the error's number on this system
     */
    public ErrnoException(String call, String name, int number) {
        super(call + ": " + name);
        this.name = name;
        this.number = number;
    }

    /** Returns the error's name, the same on every system. */
    public String name() {
        return name;
    }

    public int number() {
        return number;
    }
}
