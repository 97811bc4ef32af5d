package io.wgsd.testkit.net;

/** Something that a {@link Timeline} will do. */
public interface Scheduled {

    /**
     * Cancels it.
     *
     * @return whether it was still to be done
     */
    boolean cancel();

    /**
     * Returns whether it is still to be done.
     *
     * @return false once it has been done for the last time, or was cancelled
     */
    boolean isPending();
}
