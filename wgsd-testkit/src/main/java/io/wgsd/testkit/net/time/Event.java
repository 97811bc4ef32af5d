package io.wgsd.testkit.net.time;

/** Something that happens at one instant of a {@link EventLoop}; the queue keeps its place in here. */
public abstract class Event {

    static final int NOT_QUEUED = -1;

    long at;
    long order;
    int place = NOT_QUEUED;

    protected abstract void happen();

    public final boolean isQueued() {
        return place != NOT_QUEUED;
    }

    /** Those of one instant happen in the order in which they were queued. */
    final boolean isBefore(Event other) {
        return at < other.at || (at == other.at && order < other.order);
    }
}
