package io.wgsd.backend.netlink.transport;

import io.wgsd.internal.Errno;
import java.io.IOException;

/** Reports that a system call failed, or that the kernel answered with an error. */
public final class ErrnoException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int number;
    private final String said;

    /** Makes the exception for a system call, as in "socket". */
    ErrnoException(String call, int number) {
        super(call + ": " + Errno.name(number));
        this.number = number;
        this.said = "";
    }

    /**
     * Makes the exception for the kernel's answer.
     *
     * @param number the error's number, positive
     * @param said what it said about it, "" for nothing
     */
    public ErrnoException(int number, String said) {
        super(said.isEmpty() ? Errno.name(number) : Errno.name(number) + ", " + said);
        this.number = number;
        this.said = said;
    }

    /**
     * Returns the error's number.
     *
     * @return as in errno(3), positive
     */
    public int number() {
        return number;
    }

    /**
     * Returns the kernel's own words (NLMSGERR_ATTR_MSG).
     *
     * @return "" where there are none
     */
    public String said() {
        return said;
    }
}
