package io.wgsd.relay.transport;

/** Where a thread takes its work from. */
@FunctionalInterface
public interface Lane {

    /** How work comes in, and what is dropped first. */
    enum Priority {
        /** By another thread of the relay; never dropped. */
        INTERNAL,
        /** By a member, each of whom has a share. */
        MEMBER,
        /** By anybody. */
        STRANGER
    }

    /**
     * Adds some work, without waiting.
     *
     * @param task the work
     * @param priority how it came in
     * @return whether there was room for it
     */
    boolean offer(Runnable task, Priority priority);
}
