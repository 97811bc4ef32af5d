package io.wgsd.testkit.memory;

import java.util.List;

/** Is told what was done to the devices of a {@link MemoryWireGuard}. */
@FunctionalInterface
public interface MemoryListener {

    /**
     * Takes what one change did, in the order in which it was done.
     *
     * <p>This is called by the thread that makes the change, before anyone else can read or change any device of the
     * same WireGuard. It may read and change them itself: what it changes is told after this call has returned. It must
     * not wait for another thread that uses the same WireGuard.
     *
     * @param device the device, as it is after the change
     * @param events what was done, unmodifiable; where the change failed in the middle, what was done before that
     */
    void changed(MemoryDevice device, List<MemoryEvent> events);
}
